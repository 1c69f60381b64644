/** From what a nurse counts (empty beds) to what is reported (staffed and occupied), and back. */
import type { BedReport } from "../wire/api";
import type { BedRow } from "../wire/rows";

/** Beds without a patient in them, whether or not they are held for one on the way. */
export function empty(bed: BedRow): number {
  return Math.max(0, bed.staffed - bed.occupied - bed.blocked);
}

/** What one kind looks like on the screen before it is saved. */
export type Count = { staffed: number; empty: number };
export type Edits = Record<string, Count>;

export function counted(bed: BedRow, edit: Count | undefined): Count {
  return edit ?? { staffed: bed.staffed, empty: empty(bed) };
}

/** Never below zero, never more empty beds than staffed ones. */
export function within(count: Count, blocked: number): Count {
  const staffed = Math.max(0, Math.min(9999, Math.round(count.staffed)));
  return { staffed, empty: Math.max(0, Math.min(count.empty, staffed - Math.min(blocked, staffed))) };
}

/** A save says "this is how it stands now" of each kind, edited or not; but never of one that nobody here has counted yet. */
export function report(beds: Record<string, BedRow>, edits: Edits): BedReport {
  const told = Object.entries(beds).filter(([kind, bed]) => !bed.assumed || kind in edits);
  return Object.fromEntries(told.map(([kind, bed]) => {
    const { staffed, empty: free } = counted(bed, edits[kind]);
    return [kind, { staffed, occupied: Math.max(0, staffed - bed.blocked - free), blocked: bed.blocked }];
  }));
}
