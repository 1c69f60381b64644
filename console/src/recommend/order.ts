/** Which units can be sent now, and which choices follow the advice. */
import type { RankedUnit, Recommendation } from "../wire/answers";

/** Free now: a unit that is about to be free stands in the ranking, but cannot be sent yet. */
export function sendable(units: RankedUnit[]): RankedUnit[] {
  return units.filter((unit) => unit.free_in_s === null);
}

/** A motorbike brings a pair of hands and carries nobody: no hospital is asked and no bed held for it. */
export function carries(unit: { kind: string } | undefined): boolean {
  return unit?.kind !== "motorbike";
}

/** About to be free and sooner here than the first who is free: worth a moment's wait, or a call to its crew. */
export function worthWaiting(units: RankedUnit[]): RankedUnit[] {
  const first = units.findIndex((unit) => unit.free_in_s === null);
  return units.filter((unit, place) => unit.free_in_s !== null && (first < 0 || place < first));
}

/** The first of the ranking, whoever is as good, and the unit named for each open slot of the plan need no reason. */
export function followsAdvice(unit: RankedUnit, advice: Recommendation): boolean {
  return sendable(advice.units)[0]?.unit_id === unit.unit_id || (advice.as_good ?? []).includes(unit.callsign)
    || advice.plan.slots.some((slot) => slot.unit?.unit_id === unit.unit_id);
}

/**
 * The advice with those who tie at its head in the places they had: nobody finds another line under the finger because a
 * vehicle at its station moved by some metres.
 */
export function keptInPlace(advice: Recommendation, before: Recommendation | null): Recommendation {
  const head = sendable(advice.units)[0];
  if (!head || !before || before.incident_id !== advice.incident_id) return advice;
  const alike = new Set([head.callsign, ...(advice.as_good ?? [])]);
  const place = new Map(before.units.map((unit, at) => [unit.callsign, at]));
  const tied = advice.units.filter((unit) => unit.free_in_s === null && alike.has(unit.callsign));
  const known = tied.filter((unit) => place.has(unit.callsign));
  known.sort((a, b) => place.get(a.callsign)! - place.get(b.callsign)!);
  // Who is new among them comes behind those who stood there.
  const order = [...known, ...tied.filter((unit) => !place.has(unit.callsign))];
  const units = advice.units.map((unit) => (tied.includes(unit) ? order.shift()! : unit));
  return { ...advice, units, as_good: [...alike].filter((callsign) => callsign !== sendable(units)[0]!.callsign) };
}

/** Reasons that say the same of every unit, such as how far from the scene the road ends; by their English words. */
export function saidOfAll(units: RankedUnit[]): ReadonlySet<string> {
  const [first, ...others] = units.map((unit) => (unit.reasons ?? []).map((reason) => reason.en));
  return new Set(others.length === 0 ? [] : first!.filter((words) => others.every((reasons) => reasons.includes(words))));
}
