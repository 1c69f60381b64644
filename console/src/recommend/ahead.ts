/** What a look ahead says of one unit, before it is put into words. */
import type { UnitOutlook } from "../wire/answers";

/** Below this many late incidents in an hour a difference that is sure means nothing to anybody. */
const SLIGHT = 0.05;
/** An hour ahead of a minute ago is another hour, ms. */
export const OLD_MS = 60_000;

export type Difference =
  | { kind: "first" | "unsure" | "slight" }
  | { kind: "fewer" | "more"; mean: number; low: number; high: number };

/** Against the first unit, in the same futures. `low` is the smaller number, whichever way it goes. */
export function difference({ against }: Pick<UnitOutlook, "against">): Difference {
  if (!against) return { kind: "first" };
  if (!against.sure) return { kind: "unsure" };
  const { mean, low, high } = against;
  if (Math.abs(mean) < SLIGHT) return { kind: "slight" };
  return mean < 0 ? { kind: "fewer", mean: -mean, low: -high, high: -low } : { kind: "more", mean, low, high };
}
