/** Which incident comes first: without a unit, by priority, by the longest wait; those to be closed stand last. */
import type { IncidentRow } from "../wire/rows";

export function isOpen(incident: IncidentRow): boolean {
  return incident.status !== "closed";
}

export function waits(incident: IncidentRow): boolean {
  return incident.status === "waiting";
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
