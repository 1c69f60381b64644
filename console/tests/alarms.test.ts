/** The alarm line: what comes first, and that nothing moves under a hand. */
import { expect, test } from "vitest";

import { held, ranked } from "../src/alarms/ranked";
import { wordsOf } from "../src/alarms/useAlarms";
import { store } from "../src/live";
import type { Tell } from "../src/text/i18n";
import type { Alarm, CrewAlarmRow, DeskAlarmRow, RunRow } from "../src/wire/rows";
import { aHospital, anIncident, NOON } from "./samples";

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

let newest = 1;
test.each([
  ["en_route", "alarms.crew_to_scene", false], ["on_scene", "12 Lê Lợi", true], ["transporting", "alarms.crew_to_hospital SD", false],
  ["at_hospital", "alarms.crew_at_hospital SD", false], ["clear", null, false],
] as const)("a crew that calls for help is sent help to where it is: %s", (status, place, atTheScene) => {
  store.change({ type: "rows", seq: (newest += 1), rows: { incidents: [anIncident(7, { address: "12 Lê Lợi" })], hospitals: [aHospital("sd", { name: "SD" })],
    runs: [{ id: "r1", callsign: "C1", incident_id: "i7", hospital_id: "sd", status, seq: newest } as unknown as RunRow] } });
  const t = ((key: string, gaps?: { hospital?: string }) => (gaps?.hospital ? `${key} ${gaps.hospital}` : key)) as unknown as Tell;
  const said = wordsOf({ crew: aCrewAlarm("sos", { run_id: "r1", incident_id: "i7" }) }, t, String);
  expect(said.split(" · ").slice(1)).toEqual(place === null ? ["#7"] : ["#7", place]);
  expect(said.includes("12 Lê Lợi")).toBe(atTheScene);
});
