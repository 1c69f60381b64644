import type { Spot } from "./wire";

/** "10.77, 106.70" as a place; null for anything else. */
export function readSpot(said: string): Spot | null {
  const parts = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(said);
  if (!parts) return null;
  const [lat, lon] = [Number(parts[1]), Number(parts[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

export function saySpot({ lat, lon }: Spot): string {
  return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}

/** A short name for files: "Cần Thơ" as "can-tho". */
export function slug(name: string): string {
  return name.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[̀-ͯ]/g, "")
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 30).replace(/-+$/, "");
}
