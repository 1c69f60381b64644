/** A typed position: "10.7769, 106.7009", with point or comma decimals, space, comma or semicolon between. */
import type { Point } from "../wire/rows";

const POINTS = /^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*$/;
const COMMAS = /^\s*([+-]?\d{1,3},\d+)\s*°?\s*[;\s]\s*([+-]?\d{1,3},\d+)\s*°?\s*$/;

/** Null when the text is not a position on earth. */
export function readPosition(text: string): Point | null {
  const found = POINTS.exec(text) ?? COMMAS.exec(text);
  if (!found) return null;
  const lat = Number(found[1]!.replace(",", "."));
  const lon = Number(found[2]!.replace(",", "."));
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return { lat, lon };
}

const EARTH_M = 6_371_000;

/** Metres as the crow flies; good enough within a city. */
export function metresBetween(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const east = (b.lon - a.lon) * radians * Math.cos(((a.lat + b.lat) / 2) * radians);
  return EARTH_M * Math.hypot(east, (b.lat - a.lat) * radians);
}
