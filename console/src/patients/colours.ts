/** The four colours of casualties, and how many there are of each. */
import type { PatientRow } from "../wire/rows";

export type Colour = NonNullable<PatientRow["category"]>;
export type Sorted = Colour | "unsorted";

export const COLOURS = ["red", "yellow", "green", "black"] as const satisfies Colour[];
export const ALL_SORTS: Sorted[] = [...COLOURS, "unsorted"];

export type Counts = Record<Sorted, number>;

export const nobody = (): Counts => ({ red: 0, yellow: 0, green: 0, black: 0, unsorted: 0 });

export function countOf(rows: { category: Colour | null }[]): Counts {
  const counts = nobody();
  for (const row of rows) counts[row.category ?? "unsorted"] += 1;
  return counts;
}

export function inAll(counts: Counts): number {
  return ALL_SORTS.reduce((sum, sort) => sum + counts[sort], 0);
}

/** Who must be seen to first: red, those nobody has looked at, yellow, green, black; then by tag, T2 before T10. */
const ORDER: Sorted[] = ["red", "unsorted", "yellow", "green", "black"];
const byTag = new Intl.Collator("en", { numeric: true });

export function inOrderOfNeed<R extends { category: Colour | null; tag: string; ended_at: string | null }>(rows: R[]): R[] {
  const place = (row: R) => (row.ended_at ? ORDER.length : ORDER.indexOf(row.category ?? "unsorted"));
  return [...rows].sort((a, b) => place(a) - place(b) || byTag.compare(a.tag, b.tag));
}
