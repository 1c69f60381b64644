/** How far a run is: what stands on the record, and behind it what was tapped and is still on its way there. */
import { standing } from "../boards/milestones";
import type { Held } from "../outbox/outbox";
import { Cell } from "../store/cell";
import type { Course } from "../wire/crew";
import type { Milestone, RunRow } from "../wire/rows";
import type { Errand } from "./errands";

/** The states there are and what follows each, as the server tells them; null until it did once. */
export const course = new Cell<Course | null>(null);

export type Reached = { milestone: Milestone; at: string; onRecord: boolean };

export type Progress = {
  /** In the order they happened. */
  reached: Reached[];
  /** What may follow, the usual step first. */
  next: Milestone[];
  over: boolean;
};

type Row = Pick<RunRow, "id" | "milestones" | "next">;

export function progressOf(run: Row, held: Held<Errand>, states: Course | null): Progress {
  const reached: Reached[] = Object.entries(run.milestones).filter(([name]) => name !== "assigned")
    .map(([milestone, at]) => ({ milestone: milestone as Milestone, at, onRecord: true }));
  const tapped = [...held.answered.map((one) => one.kept), ...held.waiting]
    .flatMap((kept) => (kept.order.kind === "milestone" && kept.order.run_id === run.id ? [{ order: kept.order, at: kept.tapped }] : []))
    .filter(({ order }) => !run.milestones[order.milestone]);
  for (const { order, at } of tapped) reached.push({ milestone: order.milestone, at, onRecord: false });
  reached.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const last = tapped.at(-1)?.order.milestone;
  const now = last ?? standing(run.milestones);
  const state = states?.states.find((one) => one.milestone === now);
  const next = last ? ((state?.next ?? []) as Milestone[]) : (run.next as Milestone[]);
  return { reached, next, over: state?.over ?? next.length === 0 };
}
