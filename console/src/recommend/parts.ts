/** The seconds a ranking is made of: which are shown in what order, and how wide their bars are. */

export type Part = { name: string; seconds: number };

const ORDER = ["travel", "turnout", "capability", "coverage", "stale"];

/** Known parts first in their order, then the others by size; parts of no weight are left out. */
export function partsInOrder(parts: Record<string, number>): Part[] {
  const place = (name: string) => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1);
  return Object.entries(parts)
    .map(([name, seconds]) => ({ name: name.replace(/_s$/, ""), seconds }))
    .filter(({ seconds }) => Math.abs(seconds) >= 0.5)
    .sort((a, b) => place(a.name) - place(b.name) || b.seconds - a.seconds);
}

/** The whole, from the same rounded seconds that stand next to it, so that whoever adds them up agrees. */
export function total(parts: Part[]): number {
  return parts.reduce((sum, { seconds }) => sum + Math.round(seconds), 0);
}

/** Share of the bar in percent; the longest bar of the list fills the width. Bonuses have no bar, only words. */
export function width(seconds: number, longest: number): number {
  return longest <= 0 ? 0 : (Math.max(0, seconds) / longest) * 100;
}

export function barLength(parts: Record<string, number>): number {
  return Object.values(parts).reduce((sum, seconds) => sum + Math.max(0, seconds), 0);
}
