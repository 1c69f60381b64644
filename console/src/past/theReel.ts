/** The reel of this page: its boards go into the one store, and every timer counts from the moment shown. */
import { store } from "../live";
import { Clock, clock } from "../live/clock";
import { positions } from "../live/positions";
import { pastSnapshot } from "../wire/oversight";
import { Reel } from "./reel";

/** Without a moment in the address the board of a quarter of an hour ago is shown. */
const AGO_MS = 900_000;
/** Hears the server's present with each board, while the page's own clock stands in the past. */
const present = new Clock();

function begin(): number {
  const told = Date.parse(new URLSearchParams(location.search).get("at") ?? "");
  return Number.isNaN(told) ? Date.now() - AGO_MS : Math.min(told, Date.now());
}

export const reel = new Reel(begin(), {
  snapshot: (at) => pastSnapshot(at),
  show: (snapshot, at) => {
    present.hear(snapshot.now);
    clock.hold(at);
    positions.forget();
    positions.seed(snapshot.units);
    store.load(snapshot);
    const here = new URL(location.href);
    here.searchParams.set("at", new Date(at).toISOString());
    history.replaceState(null, "", here);
  },
  present: () => present.now(),
  tick: () => performance.now(),
});
