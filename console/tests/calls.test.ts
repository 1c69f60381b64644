/** Calls and cards: who waits behind, which questions are asked, which units may be sent, which choice wants a reason. */
import { expect, test } from "vitest";

import { asked, openCard } from "../src/intake/cards";
import { emptyAssessment } from "../src/intake/draft";
import { callsInOrder, waitsBehind } from "../src/queue/order";
import { followsAdvice, sendable, worthWaiting } from "../src/recommend/order";
import type { Protocol, RankedUnit, Recommendation, Triaged } from "../src/wire/answers";
import type { CallRow } from "../src/wire/rows";
import { NOON } from "./samples";

const noon = Date.parse(NOON);
const after = (seconds: number) => new Date(noon + 1000 * seconds).toISOString();

function aCall(id: string, part: Partial<CallRow> = {}): CallRow {
  return { id, phone: "0901234567", complaint: "fever", received_at: NOON, status: "open", suspicion: null, ...part } as CallRow;
}

function suspected(id: string, seconds: number, raised = false): CallRow {
  return aCall(id, {
    received_at: after(seconds),
    suspicion: { number: "+84901", score: 8, reasons: [], comes_up_at: after(seconds + 120), raised },
  });
}

test("a suspected call waits behind others, and comes up by itself", () => {
  const call = suspected("prank", 0);
  expect(waitsBehind(call, noon + 119_000)).toBe(true);
  expect(waitsBehind(call, noon + 120_000)).toBe(false);
  expect(waitsBehind(suspected("real", 0, true), noon)).toBe(false);
});

test("a number that rings for nothing is one line, behind calls that came later", () => {
  const calls = [suspected("a", 0), suspected("b", 5), suspected("c", 9), aCall("real", { received_at: after(20) })];
  const lines = callsInOrder(calls, noon + 30_000);
  expect(lines.map((line) => [line.call.id, line.behind, line.bundled])).toEqual([["real", false, 0], ["a", true, 2]]);
});

test("a call raised to real stands on its own again", () => {
  const lines = callsInOrder([suspected("a", 0), suspected("b", 5, true)], noon + 10_000);
  expect(lines.map((line) => line.call.id)).toEqual(["b", "a"]);
});

const CARD = {
  id: "general", kind: "entry", version: 1, signed_off: false, title: { vi: "", en: "" },
  questions: [
    { id: "breathing", ask_when: {}, for_crew: false, answers: [], text: { vi: "", en: "" } },
    { id: "minutes", ask_when: { breathing: ["none"] }, for_crew: false, answers: [], text: { vi: "", en: "" } },
    { id: "pulse", ask_when: {}, for_crew: true, answers: [], text: { vi: "", en: "" } },
  ],
} as unknown as Protocol;

test("what has a condition is asked when the server says so, and what was answered stays", () => {
  const ids = (given: Record<string, string>, told: Partial<Triaged> | null) =>
    asked(CARD, given, told as Triaged | null).map((question) => question.id);
  expect(ids({}, null)).toEqual(["breathing"]);
  expect(ids({ breathing: "none" }, { protocol: "general", next_questions: ["minutes"] })).toEqual(["breathing", "minutes"]);
  expect(ids({ breathing: "normal" }, { protocol: "general", next_questions: [] })).toEqual(["breathing"]);
});

test("a call begins with the card that begins calls", () => {
  const other = { ...CARD, id: "burns", kind: "complaint" } as Protocol;
  expect(openCard([other, CARD], emptyAssessment())?.id).toBe("general");
  expect(openCard([other, CARD], { ...emptyAssessment(), protocol: "burns" })?.id).toBe("burns");
});

const unit = (id: string, free_in_s: number | null = null) => ({ unit_id: id, callsign: id, free_in_s }) as RankedUnit;

test("a unit that is about to be free is told of where it would be first, and is never sent by one key", () => {
  const units = [unit("C9", 90), unit("C1"), unit("C8", 30), unit("C2")];
  expect(sendable(units).map((one) => one.callsign)).toEqual(["C1", "C2"]);
  expect(worthWaiting(units).map((one) => one.callsign)).toEqual(["C9"]);
  expect(worthWaiting([unit("C8", 30)]).map((one) => one.callsign)).toEqual(["C8"]);
});

test("the first who can go and the unit of each open slot want no reason, all others do", () => {
  const advice = {
    units: [unit("C9", 90), unit("C1"), unit("C2"), unit("M1")], plan: { slots: [{ unit: { unit_id: "M1" } }, { unit: null }] },
  } as unknown as Recommendation;
  expect(advice.units.filter((one) => followsAdvice(one, advice)).map((one) => one.callsign)).toEqual(["C1", "M1"]);
});
