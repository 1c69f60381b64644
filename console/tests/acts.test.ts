/** What is decided beside the ranking: what counts down, who rings whom, which reason is enough, what is not asked twice. */
import { expect, test } from "vitest";

import { countingDown, leftOf } from "../src/boards/AutoDispatch";
import { held } from "../src/clinic/held";
import { asBegun, carriedOver, givenOn } from "../src/intake/cards";
import { isGiven } from "../src/recommend/Override";
import { percent } from "../src/text/format";
import type { Protocol, TriageOfCall } from "../src/wire/answers";
import type { IncidentRow } from "../src/wire/rows";
import { anIncident, NOON } from "./samples";

const noon = Date.parse(NOON);
const after = (seconds: number) => new Date(noon + 1000 * seconds).toISOString();

function auto(state: "proposed" | "vetoed" | "sent", due: number): NonNullable<IncidentRow["auto_dispatch"]> {
  return { state, callsigns: ["C1"], hospital_id: null, bed_kind: null, decision_id: "d", proposed_at: NOON, due_at: after(due), veto_s: 20, by: null, why: null };
}

test("the key stops what goes first, and nothing that was stopped, sent or closed counts down", () => {
  const rows = [
    anIncident(1, { auto_dispatch: auto("proposed", 15) }), anIncident(2, { auto_dispatch: auto("proposed", 9) }),
    anIncident(3, { auto_dispatch: auto("vetoed", 1) }), anIncident(4, { auto_dispatch: auto("sent", 1) }), anIncident(5),
    anIncident(6, { auto_dispatch: auto("proposed", 1), status: "closed", closed_at: NOON }),
  ];
  expect(countingDown(rows).map(({ incident }) => incident.number)).toEqual([2, 1]);
});

test("the countdown shows whole seconds, begins with what was given, and stands at zero when its time is over", () => {
  expect(leftOf(auto("proposed", 20), noon / 1000 - 0.6)).toBe(20);
  expect([0, 8.2, 9, 30].map((now) => leftOf(auto("proposed", 9), noon / 1000 + now))).toEqual([9, 1, 0, 0]);
});

test("a claim of somebody else is shown until it runs out, and one's own never", () => {
  const claim = { claimed_by: "an", claimed_until: after(60) };
  expect(held(claim, "binh", noon)).toBe("an");
  expect(held(claim, "an", noon)).toBe(null);
  expect(held(claim, "binh", noon + 60_000)).toBe(null);
  expect(held({ claimed_by: null, claimed_until: null }, "binh", noon)).toBe(null);
});

test("one code is reason enough, and so are words; neither is none", () => {
  expect(isGiven({ code: "road", words: "" })).toBe(true);
  expect(isGiven({ code: null, words: "cầu ngập" })).toBe(true);
  expect(isGiven({ code: null, words: " x " })).toBe(false);
});

const choice = (id: string, ...values: string[]) => ({ id, numbers: null, answers: values.map((value) => ({ value, text: {} })) });
const figure = (id: string, least: number, most: number) => ({ id, numbers: { least, most, unit: {} }, answers: [] });
const card = (id: string, version: number, ...questions: object[]) => ({ id, version, questions, title: { vi: id, en: id } }) as unknown as Protocol;

test("what one card asked is carried to the next where the question and the answer are the same", () => {
  const next = card("breathing", 1, choice("breathing", "none", "hard"), choice("awake", "yes", "no"), figure("age", 0, 120), choice("colour", "blue"));
  const answers = { general: { breathing: "hard", awake: "sometimes", age: "130", problem: "breath" }, trauma: { colour: "blue" } };
  expect(carriedOver(next, answers)).toEqual({ breathing: "hard", colour: "blue" });
});

test("what the next card was told itself stands before what is carried over", () => {
  const next = card("breathing", 1, choice("breathing", "none", "hard"));
  expect(carriedOver(next, { general: { breathing: "hard" }, breathing: { breathing: "none" } })).toEqual({ breathing: "none" });
});

test("a call goes on with the questions of the version it began with", () => {
  const cards = [card("general", 3, choice("new", "a")), card("burns", 1, choice("size", "a"))];
  const used = [{ protocol: "general", version: 2, signed_off: true, title: { vi: "cũ", en: "old" }, questions: [{ ...choice("old", "a"), given: "a" }, { ...choice("unasked", "a"), given: null }] }] as unknown as TriageOfCall["cards"];
  const shown = asBegun(cards, used);
  expect(shown.map((one) => [one.version, one.questions.map((question) => question.id)])).toEqual([[2, ["old", "unasked"]], [1, ["size"]]]);
  expect(givenOn(used)).toEqual({ general: { old: "a" } });
  expect(asBegun(cards, [{ ...used[0]!, version: 3 }])[0]).toBe(cards[0]);
});

test("a share is read as the language writes it", () => {
  expect([percent(0.7344, "vi"), percent(0.7344, "en"), percent(1, "en")]).toEqual(["73,4 %", "73.4 %", "100.0 %"]);
});
