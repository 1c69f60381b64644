/** Whom exactly a line sends, by the advice that was read: ranks and callsigns become units, with what is missing said. */
import { carries, followsAdvice, sendable } from "../recommend/order";
import { partsInOrder, total } from "../recommend/parts";
import { span } from "../text/format";
import type { OverrideCode, RankedHospital, RankedUnit, Recommendation, Swap } from "../wire/answers";
import type { Words } from "../wire/rows";
import type { Command, Wanted } from "./commands";
import { Misread, wants } from "./reader";

export type Chosen = { unit_id: string; callsign: string; kind: string; rank: number | null; eta_s: number; swap: Swap | null };
export type Sending = {
  advice: Recommendation;
  units: Chosen[];
  hospital: RankedHospital | undefined;
  reason: { code: OverrideCode | null; words: string } | null;
  /** A reason was typed and none is wanted: it goes nowhere, and the line says so. */
  spare: boolean;
};

type Send = Extract<Command, { do: "send" | "send_plan" }>;
type Say = (words: Words) => string;

/** Raises Misread with what is missing or cannot be. `codes` : the city's reasons, as they are numbered on the screen. */
export function whomToSend(command: Send, advice: Recommendation, codes: OverrideCode[], say: Say): Sending {
  const hospital = whereTo(command, advice, say);
  if (command.do === "send_plan") {
    const open = advice.plan.slots.flatMap(({ unit }) => (unit ? [unit] : []));
    if (open.length === 0) throw new Misread("problem.no_plan");
    const ranked = sendable(advice.units);
    const units = open.map((unit) => ({
      ...unit, rank: ranked.findIndex((one) => one.unit_id === unit.unit_id) + 1 || null, swap: null,
      kind: ranked.find((one) => one.unit_id === unit.unit_id)?.kind ?? "",
    }));
    return { advice, units, hospital, reason: null, spare: false };
  }
  // Who stands first is sent first: to each in turn the advice is then what it was.
  const units = command.wanted.map((one) => whom(one, advice, say)).sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  const twice = units.find((one, place) => units.findIndex((other) => other.unit_id === one.unit_id) !== place);
  if (twice) throw new Misread("problem.named_twice", { callsign: twice.callsign });
  const taken = units.find((one) => one.swap);
  if (taken && units.length > 1) throw new Misread("problem.take_alone", { callsign: taken.callsign });
  if (!units.some(carries) && command.hospital) throw new Misread("problem.carries_nobody", { callsign: units[0]!.callsign });
  const reason = why(command, codes);
  if (taken?.swap && (reason?.words ?? "").trim().length < 3 && !reason?.code) {
    throw wants("text", "problem.take_reason", { callsign: taken.callsign, number: taken.swap.incident_number });
  }
  const passedOver = taken ? undefined : units.find((one) => !advised(one, units, advice));
  if (passedOver && !reason) {
    throw wants("reason", "problem.override", { callsign: passedOver.callsign, first: sendable(advice.units)[0]!.callsign });
  }
  const wanted = passedOver !== undefined || taken !== undefined;
  return { advice, units, hospital: units.some(carries) ? hospital : undefined, reason: wanted ? reason : null, spare: !wanted && reason !== null };
}

function whom(wanted: Wanted, advice: Recommendation, say: Say): Chosen {
  const ranked = sendable(advice.units);
  if ("rank" in wanted) {
    const unit = ranked[wanted.rank - 1];
    if (!unit) throw new Misread("problem.no_rank", { count: ranked.length });
    return chosen(unit, wanted.rank);
  }
  const { callsign } = wanted;
  const place = ranked.findIndex((one) => one.callsign === callsign);
  if (place >= 0) return chosen(ranked[place]!, place + 1);
  const swap = advice.swaps.find((one) => one.callsign === callsign);
  if (swap) return { ...swap, rank: null, swap };
  const soon = advice.units.find((one) => one.callsign === callsign);
  if (soon) throw new Misread("problem.soon_free", { callsign, time: span(Math.round(soon.free_in_s ?? 0)) });
  const rejected = advice.rejected.find((one) => one.callsign === callsign);
  throw new Misread("problem.not_offered", { callsign, why: rejected ? say({ vi: rejected.reason_vi, en: rejected.reason }) : "—" });
}

function chosen(unit: RankedUnit, rank: number): Chosen {
  return { unit_id: unit.unit_id, callsign: unit.callsign, kind: unit.kind, rank, eta_s: secondsOf(unit), swap: null };
}

/** The seconds the ranking shows: whoever compares the line with it must find the same. */
export function secondsOf(unit: RankedUnit): number {
  return total(partsInOrder(unit.parts ?? {})) || unit.eta_s;
}

/** First of the ranking or of a slot, or all who stand before go too. */
function advised(unit: Chosen, units: Chosen[], advice: Recommendation): boolean {
  const ranked = sendable(advice.units);
  const here = ranked.find((one) => one.unit_id === unit.unit_id);
  if (!here || followsAdvice(here, advice)) return true;
  return ranked.slice(0, ranked.indexOf(here)).every((one) => units.some((other) => other.unit_id === one.unit_id));
}

function whereTo(command: Send, advice: Recommendation, say: Say): RankedHospital | undefined {
  if (!command.hospital) return advice.hospitals[0];
  const { id, code } = command.hospital;
  const found = advice.hospitals.find((one) => one.hospital_id === id);
  if (found) return found;
  const passed = advice.hospitals_rejected.find((one) => one.hospital_id === id);
  throw new Misread("problem.hospital_passed", { code, why: passed ? say({ vi: passed.reason_vi, en: passed.reason }) : "—" });
}

function why(command: Send, codes: OverrideCode[]): Sending["reason"] {
  if (command.do !== "send" || !command.reason) return null;
  const { place, words } = command.reason;
  if (place === null) return { code: null, words };
  const code = codes[place - 1];
  if (!code) throw new Misread("problem.no_such_reason", { place });
  return { code, words };
}
