/** Which incident comes first: without a unit, by priority, by the longest wait; those to be closed stand last. */
import type { CallRow, IncidentRow } from "../wire/rows";

export function isOpen(incident: IncidentRow): boolean {
  return incident.status !== "closed" && incident.status !== "merged";
}

export function waits(incident: IncidentRow): boolean {
  return incident.status === "waiting";
}

/** Nothing may scroll these out of sight, nor push them away. */
export function waitsUrgently(incident: IncidentRow): boolean {
  return waits(incident) && (incident.priority === "P1" || incident.priority === "P2");
}

/** The moment its timer counts from. */
export function countsFrom(incident: IncidentRow): string {
  return (waits(incident) && incident.waiting_since) || incident.opened_at;
}

export function inOrder(incidents: IncidentRow[]): IncidentRow[] {
  return incidents.filter(isOpen).sort((a, b) =>
    Number(waits(b)) - Number(waits(a))
    || Number(a.status === "done") - Number(b.status === "done")
    || a.priority.localeCompare(b.priority)
    || Date.parse(countsFrom(a)) - Date.parse(countsFrom(b))
    || a.number - b.number);
}

/** Whether its number rang for nothing so often that it waits behind others; never for ever. `now` : ms of the server. */
export function waitsBehind(call: CallRow, now: number): boolean {
  return call.suspicion != null && !call.suspicion.raised && now < Date.parse(call.suspicion.comes_up_at);
}

/** Calls nobody has dealt with: the oldest first, suspected ones after all others, one line a suspected number. */
export function callsInOrder(calls: CallRow[], now: number): { call: CallRow; behind: boolean; bundled: number }[] {
  const open = calls.filter((call) => call.status === "open" || call.status === "triaged")
    .sort((a, b) => Date.parse(a.received_at) - Date.parse(b.received_at));
  const heads = new Map<string, { call: CallRow; behind: boolean; bundled: number }>();
  for (const call of open) {
    const bundle = call.suspicion && !call.suspicion.raised ? call.suspicion.number : call.id;
    const head = heads.get(bundle);
    if (head) head.bundled += 1;
    else heads.set(bundle, { call, behind: waitsBehind(call, now), bundled: 0 });
  }
  return [...heads.values()].sort((a, b) => Number(a.behind) - Number(b.behind));
}
