/**
 * Where the phone is, told to the centre every few seconds; without a line it is kept and told later, with the times it
 * was there. Only while the page is open and on screen: no browser gives a page its place behind a dark screen.
 */
import { clock } from "../live/clock";
import { DiskShelf, MemoryShelf, type Shelf } from "../outbox/shelf";
import { Cell } from "../store/cell";
import { report, type Ping } from "../wire/crew";
import { Refusal } from "../wire/send";
import { lasting } from "./errands";

/** "asleep" until the crew allows it. */
export type State = "asleep" | "asking" | "told" | "waiting" | "forbidden" | "lost";
export type Fix = { lat: number; lon: number; heading: number | null; accuracy: number; at: number };

export const whereabouts = new Cell<{ state: State; fix: Fix | null; kept: number }>({ state: "asleep", fix: null, kept: 0 });

const EVERY_MS = 5_000;
const MOST_AT_ONCE = 500;
/** Some hours at one in five seconds; beyond that the oldest go. */
const MOST_KEPT = 5_000;
const FRESH_MS = 30_000;

type Spot = { place: number; by: string; ping: Ping };
const shelf: Shelf<Spot> = lasting ? new DiskShelf<Spot>("pings") : new MemoryShelf<Spot>((one) => one.place);

let stop: (() => void) | null = null;

/** Where we are now, if a fix is young enough to say so. */
export function here(): { lat: number; lon: number } | null {
  const { fix } = whereabouts.get();
  return fix && clock.now() - fix.at < FRESH_MS ? { lat: fix.lat, lon: fix.lon } : null;
}

/** Whether the phone may tell without asking again. */
export async function allowed(): Promise<boolean> {
  const found = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return found?.state === "granted";
}

export function tellWhereabouts(callsign: string): void {
  if (stop || !navigator.geolocation) return void (navigator.geolocation ?? whereabouts.change({ state: "lost" }));
  whereabouts.change({ state: "asking" });
  let lastKept = 0;
  const taken = ({ coords, timestamp }: GeolocationPosition) => {
    const at = timestamp + (clock.now() - Date.now());
    const heading = coords.heading !== null && Number.isFinite(coords.heading) ? coords.heading : null;
    const state = whereabouts.get().state;
    whereabouts.change({
      fix: { lat: coords.latitude, lon: coords.longitude, heading, accuracy: coords.accuracy, at },
      state: state === "told" ? "told" : "waiting",
    });
    if (at - lastKept < EVERY_MS * 0.8) return;
    lastKept = at;
    const speed = coords.speed !== null && Number.isFinite(coords.speed) ? Math.max(0, coords.speed) : null;
    const ping: Ping = {
      callsign, at: new Date(at).toISOString(), lat: coords.latitude, lon: coords.longitude,
      speed_mps: speed, heading_deg: heading, accuracy_m: coords.accuracy,
    };
    void shelf.put({ place: at, by: callsign, ping }).then(() => tellKept(callsign), () => undefined);
  };
  const failed = (error: GeolocationPositionError) => {
    whereabouts.change({ state: error.code === error.PERMISSION_DENIED ? "forbidden" : "lost" });
    if (error.code === error.PERMISSION_DENIED) fallAsleep();
  };
  const watch = navigator.geolocation.watchPosition(taken, failed, { enableHighAccuracy: true, maximumAge: 0, timeout: 30_000 });
  stop = () => navigator.geolocation.clearWatch(watch);
}

export function fallAsleep(): void {
  stop?.();
  stop = null;
}

let telling = false;

async function tellKept(callsign: string): Promise<void> {
  if (telling) return;
  telling = true;
  let refused: number[] = [];
  try {
    for (;;) {
      const all = (await shelf.all()).filter((spot) => spot.by === callsign).sort((a, b) => a.place - b.place);
      if (all.length > MOST_KEPT) await shelf.drop(all.slice(0, all.length - MOST_KEPT).map((spot) => spot.place));
      const batch = all.slice(-MOST_KEPT).slice(0, MOST_AT_ONCE);
      if (batch.length === 0) return whereabouts.change({ state: "told", kept: 0 });
      whereabouts.change({ kept: all.length });
      refused = batch.map((spot) => spot.place);
      await report(batch.map((spot) => spot.ping));
      await shelf.drop(refused);
    }
  } catch (error) {
    // No line: they stay. A no of the server to these will not become a yes; what comes after them is told all the same.
    whereabouts.change({ state: "waiting" });
    if (error instanceof Refusal && error.status < 500 && ![401, 429].includes(error.status)) {
      await shelf.drop(refused);
    }
  } finally {
    telling = false;
  }
}
