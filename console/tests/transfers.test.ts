/** Which transfers stand on the board, in what order, and who may answer them. */
import { expect, test } from "vitest";

import { inOrder, isSettled, mayCancel, mayDecide } from "../src/transfers/state";
import type { Me } from "../src/wire/answers";
import { anIncident, aTransfer, NOON } from "./samples";

const noon = Date.parse(NOON) / 1000;
const me = (role: Me["role"], hospital_id: string | null = null): Me => ({ username: role, role, hospital_id, callsign: null, session_ends_at: null, second_factor: false, vouched_for: false });

test("those that wait for a word stand first, the urgent above the others, who asked first above who asked later", () => {
  const rows = [aTransfer("begun", { state: "begun" }), aTransfer("late", { requested_at: "2026-03-01T13:00:00+00:00" }), aTransfer("early"),
    aTransfer("urgent", { priority: "P1", requested_at: "2026-03-01T14:00:00+00:00" }), aTransfer("yes", { state: "approved" })];
  expect(inOrder(rows).map((row) => row.id)).toEqual(["urgent", "early", "late", "yes", "begun"]);
});

test("one that became an incident is over when that is closed; a hospital, which does not see it, keeps it for six hours", () => {
  const begun = aTransfer("t", { state: "begun", begun_at: NOON });
  expect(isSettled(begun, anIncident(1), noon + 9e9)).toBe(false);
  expect(isSettled(begun, anIncident(1, { closed_at: NOON }), noon)).toBe(true);
  expect([isSettled(begun, undefined, noon + 3600), isSettled(begun, undefined, noon + 7 * 3600)]).toEqual([false, true]);
  expect([isSettled(aTransfer("r"), undefined, noon + 9e9), isSettled(aTransfer("c", { state: "cancelled" }), undefined, noon)]).toEqual([false, true]);
});

test("as usual the receiving hospital answers, or the desk for it; in an emergency the supervisor alone", () => {
  const row = aTransfer("t");
  const may = (mode: "peacetime" | "wartime") => [me("hospital", "west"), me("hospital", "east"), me("dispatcher"), me("supervisor"), me("planner")]
    .map((who) => mayDecide(who, row, mode));
  expect(may("peacetime")).toEqual([true, false, true, true, false]);
  expect(may("wartime")).toEqual([false, false, false, true, false]);
  expect(mayDecide(me("dispatcher"), aTransfer("t", { state: "approved" }), "peacetime")).toBe(false);
});

test("the hospital that asked may withdraw, until it is an incident", () => {
  const may = (state: "requested" | "approved" | "begun") => [me("hospital", "east"), me("hospital", "west"), me("dispatcher")]
    .map((who) => mayCancel(who, aTransfer("t", { state })));
  expect([may("requested"), may("approved"), may("begun")]).toEqual([[true, false, true], [true, false, true], [false, false, false]]);
});
