/** Where places lie on the screen. Sums of our own: thousands of marks are placed in every frame. */
import type { Point } from "../wire/rows";
import type { Spot } from "./spot";

/** A map seen from above with north at the top; width and height in CSS pixels. */
export type View = { centre: Point; zoom: number; width: number; height: number };

/** The world is so many pixels wide at zoom 0. */
const WORLD = 512;

export function projection({ centre, zoom, width, height }: View): (point: Point) => Spot {
  const scale = WORLD * 2 ** zoom;
  const left = east(centre.lon) * scale - width / 2;
  const top = south(centre.lat) * scale - height / 2;
  return ({ lat, lon }) => ({ x: east(lon) * scale - left, y: south(lat) * scale - top });
}

/** Web Mercator, 0 to 1. */
function east(lon: number): number {
  return (lon + 180) / 360;
}

function south(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
