/** The way a run goes, to know which buttons to offer. The server decides; it refuses what is not allowed. */
import type { Milestone } from "../wire/rows";

export const STEPS = [
  "accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital", "handed_over", "clear",
] as const satisfies Milestone[];

const byCallsign = new Intl.Collator("en", { numeric: true });

type Standing = Milestone | "assigned";
type End = "clear" | "declined" | "stood_down";

const NEXT: Record<Standing, Milestone[]> = {
  assigned: ["accepted", "declined", "en_route", "stood_down"],
  accepted: ["en_route", "stood_down"],
  en_route: ["on_scene", "stood_down"],
  on_scene: ["patient_contact", "transporting", "clear", "stood_down"],
  patient_contact: ["transporting", "clear"],
  transporting: ["at_hospital"],
  at_hospital: ["handed_over"],
  handed_over: ["clear"],
  declined: [],
  stood_down: [],
  clear: [],
};

export function isOver(milestones: Record<string, string>): End | null {
  return (["clear", "stood_down", "declined"] as const).find((end) => milestones[end]) ?? null;
}

/** The last milestone reached. */
export function standing(milestones: Record<string, string>): Standing {
  return isOver(milestones) ?? STEPS.findLast((step) => milestones[step]) ?? "assigned";
}

/** What may follow, the usual step first. */
export function nextMilestones(milestones: Record<string, string>): Milestone[] {
  return NEXT[standing(milestones)];
}

/** In the order they were sent, whatever order the rows came in; runs sent at once go by callsign. */
export function inOrderSent<R extends { callsign: string }>(runs: R[], assignedAt: (run: R) => string | undefined): R[] {
  const sent = (run: R) => Date.parse(assignedAt(run) ?? "") || 0;
  return [...runs].sort((a, b) => sent(a) - sent(b) || byCallsign.compare(a.callsign, b.callsign));
}
