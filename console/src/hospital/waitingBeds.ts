/** The beds as this ward last said them: what the server has, and above it what it has not heard yet. */
import type { Held, Kept } from "../outbox/outbox";
import type { BedReport } from "../wire/api";
import type { Beds } from "./beds";
import type { WardOrder } from "./orders";

export type WaitingCount = Kept<WardOrder> & { order: Extract<WardOrder, { kind: "beds" }> };

/** The counts of this hospital that are kept, on their way, or answered and not on the screen yet; the newest last. */
export function waitingCounts(held: Held<WardOrder>, hospital: string): WaitingCount[] {
  const all = [...held.answered.map((one) => one.kept), ...held.waiting];
  const counts = all.filter((one): one is WaitingCount => one.order.kind === "beds" && one.order.hospital === hospital);
  return counts.sort((a, b) => a.place - b.place);
}

/** Rows as they stand once a report of then is taken. */
export function withReport(beds: Beds, told: BedReport, tapped: string): Beds {
  return Object.fromEntries(Object.entries(beds).map(([kind, bed]) => {
    const said = told[kind];
    if (!said || (bed.reported_at !== null && Date.parse(bed.reported_at) >= Date.parse(tapped))) return [kind, bed];
    const { staffed, occupied, blocked = 0 } = said;
    return [kind, { ...bed, staffed, occupied, blocked, assumed: false, reported_at: tapped }];
  }));
}

/** Rows with our counts above them that are not in them yet. One that the server overtook shows through again. */
export function withCounts(beds: Beds, counts: WaitingCount[]): Beds {
  return counts.reduce((shown, { order, tapped }) => withReport(shown, order.beds, tapped), beds);
}
