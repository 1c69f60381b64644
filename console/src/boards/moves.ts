/** Explicit "go to" orders: the only thing besides the hand that moves the map. */
import { positions } from "../live/positions";
import { goTo } from "../shell/selection";
import type { Point } from "../wire/rows";

export function showPoint(point: Point): void {
  goTo.set({ point: { lat: point.lat, lon: point.lon } });
}

export function showUnit(unit: { callsign: string }): void {
  const track = positions.get(unit.callsign);
  if (track) showPoint(track);
}
