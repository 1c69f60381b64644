/** An order of the line that got no answer and is given again: the server hears the very same, under the same keys. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Standing } from "../src/alarms/ranked";
import type { Command } from "../src/command/commands";
import { ordersFor, type Order } from "../src/command/orders";
import { give, unanswered } from "../src/command/sent";
import type { Sending } from "../src/command/sending";
import { session } from "../src/shell/session";
import type { City } from "../src/wire/answers";
import { Refusal, Unreachable } from "../src/wire/send";
import type { RunRow } from "../src/wire/rows";
import { aBed, aHospital, anIncident, aUnit, NOON } from "./samples";

/** What only turns to something orders nothing. */
type Turning = "new_call" | "advise" | "record" | "go_to" | "show_unit" | "help";
type Ordering = Exclude<Command["do"], Turning>;

const incident = anIncident(412);
const run = {
  id: "r1", incident_id: incident.id, callsign: "C1", hospital_id: "td", bed_kind: null, milestones: { on_scene: NOON },
  undo: { of: 7, milestone: "on_scene", until: NOON }, prompt: { id: "p1" },
} as unknown as RunRow;
const other = { ...run, id: "r2", callsign: "C2" };
const hospital = aHospital("cr", { beds: { EmergencyDepartment: aBed() } });
const shift = ["C1", "C2", "C3", "C4", "C5", "C6", "C7"].map((callsign) => aUnit(callsign));

/** A new kind of order does not compile before it stands here too. */
const COMMANDS: Record<Ordering, Command[]> = {
  send: [{ do: "send", incident, wanted: [], hospital: null, reason: null }],
  send_plan: [{ do: "send_plan", incident, hospital: null }],
  reach: [{ do: "reach", steps: [{ run, milestone: "en_route" }, { run: other, milestone: "en_route" }] }],
  duty: [
    { do: "duty", units: shift.slice(0, 2), status: "out_of_service", reason: "tyre" },
    { do: "duty", units: shift, status: "on_duty", reason: "" },
  ],
  stand_down: [{ do: "stand_down", runs: [run, other], reason: "not needed" }],
  priority: [{ do: "priority", incident, priority: "P1", reason: "worse" }],
  level: [{ do: "level", incident, level: 2, reason: "two cars" }],
  danger: [{ do: "danger", incident, words: "a knife" }, { do: "danger", incident, words: null }],
  close: [{ do: "close", incident, reason: "handed over" }],
  destination: [{ do: "destination", run, hospital, depart: true }],
  beds: [{ do: "beds", hospital, kind: "EmergencyDepartment", free: 3 }],
  note: [{ do: "note", incident, words: "gate on the left" }],
  message: [{ do: "message", unit: aUnit("C1"), words: "ring me" }],
  merge: [{ do: "merge", incident, into: anIncident(413) }],
  unmerge: [{ do: "unmerge", incident }],
  correct: [{ do: "correct", run, milestone: "on_scene", clock: "1855", reason: "pressed late" }],
  confirm_place: [{ do: "confirm_place", incident }],
  answer_prompt: [{ do: "answer_prompt", run, yes: true }, { do: "answer_prompt", run, yes: false }],
  veto: [{ do: "veto", incident }],
  take_alarm: [{ do: "take_alarm" }],
  undo: [{ do: "undo", run }],
};
const unit = { unit_id: "u1", callsign: "C1", kind: "van", rank: 1, eta_s: 60, swap: null };
const one: Sending = { advice: { decision_id: "d1" } as Sending["advice"], units: [unit], hospital: undefined, reason: null, spare: false };
const two = { ...one, units: [unit, { ...unit, unit_id: "u2" }] };
const crew = { key: "crew:a1", crew: { id: "a1" } } as Standing;
const desk = { key: "desk:a2", desk: { id: "a2" } } as Standing;

let heard: { way: string; key: string; body: string }[];

beforeEach(() => {
  // jsdom brings its own signals, which the platform's Request does not take.
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(undefined as unknown as AbortSignal);
  session.set({ ...session.get(), city: { timezone: "Asia/Ho_Chi_Minh" } as City });
  heard = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    heard.push({ way: `${request.method} ${request.url}`, key: request.headers.get("idempotency-key")!, body: await request.text() });
    return Response.json({ seq: 0 });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function heardOf(orders: Order[]) {
  heard = [];
  for (const order of orders) await order.give();
  return heard;
}

const every = Object.entries(COMMANDS).flatMap(([name, commands]) => commands.map((command, place) => [`${name} ${place + 1}`, command] as const));

test.each(every)("%s: given again it is heard as the same, and anew it is another", async (_, command) => {
  for (const [sending, alarm] of [[one, crew], [two, desk]] as const) {
    const orders = ordersFor(command, sending, alarm);
    const first = await heardOf(orders);
    expect(first.length).toBeGreaterThan(0);
    expect(await heardOf(orders)).toEqual(first);
    const keys = first.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const anew = await heardOf(ordersFor(command, sending, alarm));
    expect(anew.map(({ way }) => way)).toEqual(first.map(({ way }) => way));
    expect(anew.filter(({ key }) => keys.includes(key))).toEqual([]);
  }
});

const failing = (error: Error, key = "a"): Order => ({ key, give: () => Promise.reject(error) });
const typed = (orders: Order[], sign = "x") => give({ what: sign, sign, text: sign, orders, instead: () => sign });
const silent = new Unreachable("no answer");
const no = new Refusal(409, "taken");

test("orders whose end nobody knows are kept for the next Enter, wherever among them that was", async () => {
  for (const unknown of [silent, new Refusal(503, "no log")]) {
    const orders = [failing(no), failing(unknown, "b")];
    await typed(orders);
    expect(unanswered("x")).toBe(orders);
    expect(unanswered("another")).toBeNull();
  }
  await typed([failing(no), failing(no, "b")]);
  expect(unanswered("x")).toBeNull();
});

test("a lost order that stands on the record is said anew, as another one", async () => {
  let heard = false;
  const orders = [{ ...failing(silent), stands: () => heard }];
  await typed(orders);
  expect(unanswered("x")).toBe(orders);
  heard = true;
  expect(unanswered("x")).toBeNull();
});

test("a lost order outlives orders about something else, not one about the same, and not for ever", async () => {
  const orders = [failing(silent)];
  await typed(orders);
  await typed([failing(no, "b")], "y");
  expect(unanswered("x")).toBe(orders);
  await typed([failing(no)], "y");
  expect(unanswered("x")).toBeNull();
  await typed(orders);
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + 6 * 60_000);
  expect(unanswered("x")).toBeNull();
});
