/** One look at all that is open, and back: the map moves because somebody asked, and returns to where it was. */
import { store } from "../live";
import { positions } from "../live/positions";
import { isOpen } from "../queue/order";
import type { City } from "../wire/answers";
import type { Point } from "../wire/rows";
import type { Ground } from "./ground";

const PADDING_PX = 60;
const CLOSEST = 15;
const GLIDE_MS = 350;

/** What deserves a look: open incidents and the units on their way; nothing where all is quiet. */
function lookedFor(): Point[] {
  const incidents = store.all("incidents").filter(isOpen);
  const ids = new Set(incidents.map((row) => row.id));
  const units = store.all("units").filter((unit) => unit.incident_id !== null && ids.has(unit.incident_id));
  return [...incidents.map((row) => row.position), ...units.flatMap((unit) => positions.get(unit.callsign) ?? [])];
}

/** Shows all of it, or the whole city where nothing is open. */
export function fit(map: Ground, city: City): void {
  const points = lookedFor();
  const [west, south, east, north] = city.map.bounds;
  const box: [number, number, number, number] = points.length === 0 ? [west, south, east, north] : [
    Math.min(...points.map((at) => at.lon)), Math.min(...points.map((at) => at.lat)),
    Math.max(...points.map((at) => at.lon)), Math.max(...points.map((at) => at.lat)),
  ];
  map.fitBounds(box, { padding: PADDING_PX, maxZoom: CLOSEST, duration: GLIDE_MS });
}
