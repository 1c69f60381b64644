/** The beds as this ward last said them: what the server has, and above it what it has not heard yet. */
import type { Held, Kept } from "../outbox/outbox";
import type { BedRow } from "../wire/rows";
import type { WardOrder } from "./orders";

type Count = Extract<WardOrder, { kind: "beds" }>;

/** The newest count of this hospital that is on its way, kept or answered; null where there is none. */
export function newestCount(held: Held<WardOrder>, hospital: string): (Kept<WardOrder> & { order: Count }) | null {
  const all = [...held.answered.map((one) => one.kept), ...held.waiting];
  const counts = all.filter((one): one is Kept<WardOrder> & { order: Count } =>
    one.order.kind === "beds" && one.order.hospital === hospital);
  return counts.sort((a, b) => b.place - a.place)[0] ?? null;
}

/** Rows with a count above them that is not in them yet. One that the server overtook shows through again. */
export function withCount(beds: Record<string, BedRow>, count: ReturnType<typeof newestCount>): Record<string, BedRow> {
  if (!count) return beds;
  return Object.fromEntries(Object.entries(beds).map(([kind, bed]) => {
    const said = count.order.beds[kind];
    if (!said || (bed.reported_at !== null && Date.parse(bed.reported_at) >= Date.parse(count.tapped))) return [kind, bed];
    return [kind, { ...bed, staffed: said.staffed, occupied: said.occupied, blocked: said.blocked ?? 0, assumed: false }];
  }));
}
