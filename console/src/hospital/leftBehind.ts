/** Counts that a link took down and never sent, because it ended before the line was back: the tablet still holds them. */
import { useCallback, useEffect, useState } from "react";

import type { Kept } from "../outbox/outbox";
import { useCell } from "../store/cell";
import type { Orders, WardOrder } from "./orders";

export type LeftCount = Kept<WardOrder> & { order: Extract<WardOrder, { kind: "beds" }> };

const OF_A_LINK = "link:";

/** Of all that this tablet holds: what `wanted` takes, and no answer has come for. The oldest first. */
export function left(all: Kept<WardOrder>[], wanted: (one: LeftCount) => boolean): LeftCount[] {
  const counts = all.filter((one): one is LeftCount => one.order.kind === "beds" && one.refused === null && one.by.startsWith(OF_A_LINK));
  return counts.filter(wanted).sort((a, b) => a.place - b.place);
}

/** What was counted by this link. */
export const by = (name: string) => (one: LeftCount) => one.by === name;
/** What was counted in the same hospital by links of before. */
export const before = (name: string, hospital: string) => (one: LeftCount) => one.by !== name && one.order.hospital === hospital;

export type LeftBehind = {
  counts: LeftCount[];
  discard: () => void;
  /** They become counts of this link, each under its own key and with the time of its tap: none is sent twice. */
  carry: (name: string) => void;
};

export function useLeft(orders: Orders, wanted: (one: LeftCount) => boolean): LeftBehind {
  const held = useCell(orders.box.held);
  const [counts, setCounts] = useState<LeftCount[]>([]);
  const look = useCallback(async () => setCounts(left(await orders.shelf.all(), wanted)), [orders, wanted]);
  useEffect(() => void look(), [look, held]);
  return {
    counts,
    discard: () => void orders.shelf.drop(counts.map((one) => one.id)).then(look),
    carry: (name) => void Promise.all(counts.map((one) => orders.shelf.put({ ...one, by: name }))).then(look).then(() => orders.box.hurry()),
  };
}
