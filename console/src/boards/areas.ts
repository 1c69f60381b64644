/** Units and incidents counted by area: where somebody is free, and where nobody is. */
import type { IncidentRow, UnitRow } from "../wire/rows";
import type { components } from "../wire/schema";

export type AreasNow = components["schemas"]["AreasNow"];
export const LEVELS = ["district", "ward", "station"] as const;
export type Level = (typeof LEVELS)[number];

export type AreaLine = {
  /** Null for what lies in no area the map knows. */
  name: string | null;
  free: UnitRow[];
  /** On a run. */
  busy: UnitRow[];
  /** Incidents that wait for a unit. */
  waiting: IncidentRow[];
};

export const ORDERS = ["name", "fewest", "waiting"] as const;
export type Order = (typeof ORDERS)[number];

const byName = new Intl.Collator("vi", { numeric: true });

/** What the map knows; the neighbourhoods of the stations are known everywhere. */
export function namesOf(now: AreasNow, level: Level): string[] {
  return level === "ward" ? now.wards : level === "district" ? now.districts : now.stations;
}

/** Every area has a line, empty or not; units off duty are in none. What is nowhere stands last, and only if there is something. */
export function linesOf(now: AreasNow, level: Level, units: UnitRow[], incidents: IncidentRow[]): AreaLine[] {
  const lines = new Map<string | null, AreaLine>();
  const line = (name: string | null) => {
    const known = lines.get(name) ?? { name, free: [], busy: [], waiting: [] };
    lines.set(name, known);
    return known;
  };
  for (const name of namesOf(now, level)) line(name);
  const of = (placed: AreasNow["units"]) => new Map(placed.map((one) => [one.id, one[level]]));
  const [unitAt, incidentAt] = [of(now.units), of(now.incidents)];
  for (const unit of units) {
    if (unit.status === "AV") line(unitAt.get(unit.id) ?? null).free.push(unit);
    else if (unit.status !== "NS") line(unitAt.get(unit.id) ?? null).busy.push(unit);
  }
  for (const incident of incidents) if (incident.status === "waiting") line(incidentAt.get(incident.id) ?? null).waiting.push(incident);
  return [...lines.values()];
}

/** By name unless somebody asks for the gaps: then the fewest free first, or the most that wait. */
export function inOrder(lines: AreaLine[], order: Order): AreaLine[] {
  const nowhere = (line: AreaLine) => Number(line.name === null);
  const name = (a: AreaLine, b: AreaLine) => byName.compare(a.name ?? "", b.name ?? "");
  return [...lines].sort((a, b) => nowhere(a) - nowhere(b)
    || (order === "fewest" ? a.free.length - b.free.length || b.waiting.length - a.waiting.length : 0)
    || (order === "waiting" ? b.waiting.length - a.waiting.length || a.free.length - b.free.length : 0)
    || name(a, b));
}
