/** What of the page is open stands in its address: a simulation by its id, or the form for another. */
import { useSyncExternalStore } from "react";

export const NEW = "new";
export const NOW = "now";

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

/** "" where nothing was chosen. */
export function usePlace(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1));
}

export function goTo(place: string): void {
  location.hash = place;
}
