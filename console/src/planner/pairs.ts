/** Who is compared with whom: as the answer says, else every rival with the first. */
import type { Difference, Pair, Results } from "../wire/simulations";

export function pairsOf({ pairs, rivals }: Results): Pair[] {
  if (pairs?.length) return pairs;
  const [first, ...others] = rivals.map((rival) => rival.name);
  return others.map((rival) => ({ first: first!, rival, unlike: [] }));
}

/** Answers of before do not say what a rival was compared with: it was the first. */
export const ofPair = ({ first, rival }: Pair, figure: string) => (one: Difference): boolean =>
  one.figure === figure && one.rival === rival && (!one.first || one.first === first);
