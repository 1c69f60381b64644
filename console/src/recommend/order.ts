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

/** The first of the ranking and the unit named for each open slot of the plan need no reason. */
export function followsAdvice(unit: RankedUnit, advice: Recommendation): boolean {
  return sendable(advice.units)[0]?.unit_id === unit.unit_id
    || advice.plan.slots.some((slot) => slot.unit?.unit_id === unit.unit_id);
}

/** Reasons that say the same of every unit, such as how far from the scene the road ends; by their English words. */
export function saidOfAll(units: RankedUnit[]): ReadonlySet<string> {
  const [first, ...others] = units.map((unit) => (unit.reasons ?? []).map((reason) => reason.en));
  return new Set(others.length === 0 ? [] : first!.filter((words) => others.every((reasons) => reasons.includes(words))));
}
