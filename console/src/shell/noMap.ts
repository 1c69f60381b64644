/** `?nomap=1` : this window draws no map, and loads nothing of it. */
export const noMapAsked = new URLSearchParams(location.search).has("nomap");
