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
export type Beds = Record<string, BedRow>;

export function counted(bed: BedRow, edit: Count | undefined): Count {
  return edit ?? { staffed: bed.staffed, empty: empty(bed) };
}

/** Never below zero, never more empty beds than staffed ones. */
export function within(count: Count, blocked: number): Count {
  const staffed = Math.max(0, Math.min(9999, Math.round(count.staffed)));
  return { staffed, empty: Math.max(0, Math.min(count.empty, staffed - Math.min(blocked, staffed))) };
}

/** Other figures than stood there before: somebody counted otherwise, or a patient came. */
export function differs(bed: BedRow, before: BedRow): boolean {
  return bed.staffed !== before.staffed || bed.occupied !== before.occupied || bed.blocked !== before.blocked;
}

/**
 * Only what was counted here: of any other kind somebody else may know more. Each says over which figures it was
 * counted, so that the server refuses what would undo a count that nobody here has seen.
 */
export function report(base: Beds, edits: Edits): BedReport {
  return Object.fromEntries(Object.entries(edits).map(([kind, count]) => [kind, told(base[kind]!, count)]));
}

/** "Unchanged": each kind as it stands on this screen; but never one that nobody has counted yet. */
export function confirmation(shown: Beds): BedReport {
  const known = Object.entries(shown).filter(([, bed]) => !bed.assumed);
  return Object.fromEntries(known.map(([kind, bed]) => [kind, told(bed, counted(bed, undefined))]));
}

function told(read: BedRow, { staffed, empty: free }: Count): BedReport[string] {
  const { occupied, blocked, reported_at } = read;
  return {
    staffed, occupied: Math.max(0, staffed - blocked - free), blocked,
    read: { staffed: read.staffed, occupied, blocked, reported_at },
  };
}
