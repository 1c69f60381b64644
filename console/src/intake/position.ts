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
