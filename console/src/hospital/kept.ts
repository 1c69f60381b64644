/** What a ward's tablet remembers of its own hospital, so that it can count on after a restart without a line. */
import { clock } from "../live/clock";
import { DiskShelf } from "../outbox/shelf";
import type { City, Me } from "../wire/answers";
import type { HospitalRow } from "../wire/rows";

/** `ahead` : how far the server's clock was ahead of this tablet's, ms. */
type Kept<T> = { name: string; ahead: number; at: string; what: T };
export type Ward = { me: Me; city: City; row: HospitalRow };

/** Nobody who is on the way, and nothing of any patient, stays on a tablet. */
export function withoutPatients(row: HospitalRow): HospitalRow {
  return { ...row, inbound: [], handovers: [] };
}

/** Keeps it; a browser that keeps nothing only cannot start without a line. */
export async function keep<T>(name: string, what: T): Promise<void> {
  const kept: Kept<T> = { name, ahead: clock.now() - Date.now(), at: clock.iso(), what };
  await new DiskShelf<Kept<T>>("kept").put(kept).catch(() => undefined);
}

/** What was kept, and when; sets our clock as the server's was. Null where nothing is. */
export async function recall<T>(name: string): Promise<{ at: string; what: T } | null> {
  try {
    const found = (await new DiskShelf<Kept<T>>("kept").all()).find((one) => one.name === name);
    if (!found) return null;
    clock.hear(new Date(Date.now() + found.ahead).toISOString());
    return { at: found.at, what: found.what };
  } catch {
    return null;
  }
}
