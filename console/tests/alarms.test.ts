/** The alarm line: what comes first, and that nothing moves under a hand. */
import { expect, test } from "vitest";

import { held, ranked } from "../src/alarms/ranked";
import type { Alarm, CrewAlarmRow, DeskAlarmRow } from "../src/wire/rows";
import { NOON } from "./samples";

const LATER = "2026-03-01T12:05:00+00:00";

function aDeskAlarm(id: string, part: Partial<DeskAlarmRow> = {}): DeskAlarmRow {
  return {
    id, kind: "waiting", subject: "i1", level: "red", incident_id: "i1", callsign: null, since: NOON, raised_at: NOON, sounding_since: NOON,
    status: "sounding", escalated_at: null, acknowledged_at: null, acknowledged_by: null, shelved_until: null, shelved_by: null, shelf_reason: null,
    ended_at: null, seq: 1, ...part,
  };
}

function aCrewAlarm(id: string, part: Partial<CrewAlarmRow> = {}): CrewAlarmRow {
  return {
    id, kind: "sos", callsign: "C1", run_id: null, incident_id: null, position: null, note: null, status: "sounding", since: NOON, presses: 1,
    escalated_at: null, acknowledged_at: null, acknowledged_by: null, closed_at: null, closed_by: null, outcome: null, closing_note: null, seq: 1, ...part,
  };
}

const line = (code: string): Alarm => ({ code, text: { vi: code, en: code }, since: NOON });
const keys = (crews: CrewAlarmRow[], desks: DeskAlarmRow[], lines: Alarm[] = []) => ranked(crews, desks, lines).map((one) => one.key);

test("crews in distress come first, then what is red, what is amber, and at last what somebody has in hand", () => {
  const desks = [aDeskAlarm("taken", { status: "acknowledged" }), aDeskAlarm("amber", { level: "amber" }), aDeskAlarm("red", { since: LATER })];
  const crews = [aCrewAlarm("helped", { status: "acknowledged" }), aCrewAlarm("sos", { since: LATER })];
  expect(keys(crews, desks, [line("store")])).toEqual(
    ["crew:sos", "line:store", "desk:red", "desk:amber", "crew:helped", "desk:taken"]);
});

test("of two the one that went up to the supervisor comes first, then the older one", () => {
  const desks = [aDeskAlarm("new", { since: LATER }), aDeskAlarm("old"), aDeskAlarm("up", { since: LATER, escalated_at: LATER })];
  expect(keys([], desks)).toEqual(["desk:up", "desk:old", "desk:new"]);
});

test("who waits stands above a service that fails, also where that one went up to the supervisor", () => {
  const fails = aDeskAlarm("hospital", { kind: "service", subject: "acceptance-r1", escalated_at: LATER });
  const waits = [aDeskAlarm("waits", { since: LATER }), aDeskAlarm("untaken", { kind: "untaken", since: LATER })];
  expect(keys([], [fails, ...waits])).toEqual(["desk:untaken", "desk:waits", "desk:hospital"]);
});

test("what is over, closed or on the shelf is not in the line, and a failing service is said once", () => {
  const desks = [aDeskAlarm("over", { status: "ended" }), aDeskAlarm("shelf", { status: "shelved" }), aDeskAlarm("roads", { kind: "service", subject: "roads" })];
  expect(keys([aCrewAlarm("closed", { status: "closed" })], desks, [line("roads"), line("sos"), line("offers")])).toEqual(["desk:roads"]);
  const away = [aDeskAlarm("gone", { kind: "service", subject: "traffic", status: "shelved" })];
  expect(keys([], away, [line("traffic")])).toEqual([]);
});

test("under a hand everything keeps its place and what is new comes last", () => {
  const before = ["desk:b", "desk:a"];
  const now = ranked([], [aDeskAlarm("a"), aDeskAlarm("b"), aDeskAlarm("c", { escalated_at: LATER })], []);
  expect(held(now, before).map((one) => one.key)).toEqual(["desk:b", "desk:a", "desk:c"]);
});
