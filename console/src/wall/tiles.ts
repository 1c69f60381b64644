/** What the tiles of the wall say: value, target, how many were measured, and whether the target is kept. */
import type { Figures } from "../wire/oversight";

export type NormTile = {
  name: string;
  interval: string;
  priorities: string[];
  /** A share of 1 where the norm asks for a share, else seconds; null where nothing was measured. */
  value: number | null;
  target: number | null;
  unit: "share" | "seconds";
  within_s: number;
  n: number;
  kept: boolean | null;
};

/** Every norm of the city that has somebody to answer for, as many as there is room for. */
export function normTiles(figures: Figures, most: number): NormTile[] {
  return figures.total.norms.slice(0, most).map((norm) => {
    const { name, interval, priorities, within_s, n, kept } = norm;
    const told = { name, interval, priorities, within_s, n, kept };
    return norm.share === null
      ? { ...told, value: norm.mean_s, target: within_s, unit: "seconds" as const }
      : { ...told, value: norm.late_share === null ? null : 1 - norm.late_share, target: norm.share, unit: "share" as const };
  });
}
