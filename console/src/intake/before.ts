/** What is shown of a place's history: dangers on top, then notes, then a few of the others. */
import type { PlaceHistory } from "../wire/answers";

export type Line = { incident: PlaceHistory["incidents"][number]; notes: string[] };

/** Of those nobody said anything of, so many. */
const OTHERS = 3;

/** except : the incident this is asked for. One that is open and unremarkable stands in the queue already. */
export function linesOf(history: PlaceHistory, except: string | null): Line[] {
  const lines = history.incidents.filter((one) => one.incident_id !== except)
    .map((incident) => ({ incident, notes: history.notes.filter((note) => note.incident_number === incident.number).map((note) => note.text) }));
  const rank = (line: Line) => (line.incident.danger ? 0 : line.notes.length > 0 ? 1 : 2);
  const newest = (a: Line, b: Line) => b.incident.opened_at.localeCompare(a.incident.opened_at);
  const told = lines.filter((line) => rank(line) < 2).sort((a, b) => rank(a) - rank(b) || newest(a, b));
  const others = lines.filter((line) => rank(line) === 2 && line.incident.status === "closed").sort(newest);
  return [...told, ...others.slice(0, OTHERS)];
}
