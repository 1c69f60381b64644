/** A day of the service's own log is asked for once more, with other rules, crews or hospitals. */
import { expect, test, vi } from "vitest";

import { asked, firstDraft, nameOf, sizeOf } from "../src/planner/draft";
import { Comparison } from "../src/planner/Comparison";
import { NewRun } from "../src/planner/NewRun";
import { dayBefore } from "../src/planner/RecordedDays";
import { RunHead } from "../src/planner/RunHead";
import { planner } from "../src/text/planner.vi";
import { Refusal } from "../src/wire/send";
import * as wire from "../src/wire/simulations";
import type { NewSimulation, Results, SimulationAnswer } from "../src/wire/simulations";
import { aChoice, box, choose, draw, press, t, withABox } from "./planner_form";

withABox();
const form = (choices = aChoice) => draw(<NewRun choices={choices} fromNow={false} leave={null} started={() => undefined} />);
const labels = () => [...box.querySelectorAll("label")].map((one) => one.textContent);

test("yesterday is proposed, which is over; hours, warm-up, lines and beds are neither asked nor sent", async () => {
  const sent: NewSimulation[] = [];
  vi.spyOn(wire, "start").mockImplementation((order) => { sent.push(order); return Promise.reject(new Refusal(409, "Đã đủ lượt chờ.")); });
  await form();
  await choose("planner.lines", "14");
  await choose("planner.stands_on", "recorded");
  expect(labels()).not.toContain(planner["planner.lines"]);
  expect(labels()).not.toContain(planner["planner.hours"]);
  await choose("planner.closed", "bv-a");
  await press("button.primary");
  expect(sent[0]).toMatchObject({ source: "recorded", day: "2026-11-22", until: null, hours: null, begins: null, warm_up_hours: null, replications: null });
  expect(sent[0]!.rivals[0]).toMatchObject({ name: "Gần nhất, BV A đóng", closed: ["bv-a"], staffed: {}, lines: null, beds: false });
  await choose("planner.until", "2026-11-23");
  await press("button.primary");
  expect([sent[1]!.day, sent[1]!.until]).toEqual(["2026-11-22", "2026-11-23"]);
});

test("what the log does not tell of stands at the day; where nothing is in it nobody can choose it", async () => {
  const said = "Nhật ký của hệ thống này có từ 2026-10-01 đến 2026-11-23; 2027-01-01 nằm ngoài khoảng đó.";
  vi.spyOn(wire, "start").mockRejectedValue(new Refusal(422, said, { type: "urn:vigil:DayNotInLog" }));
  await form();
  await choose("planner.stands_on", "recorded");
  await choose("planner.day", "2027-01-01");
  await press("button.primary");
  const wrong = box.querySelectorAll<HTMLInputElement>('[aria-invalid="true"]');
  expect([...wrong].map((one) => box.querySelector(`label[for="${one.id}"]`)!.textContent)).toEqual([planner["planner.day"]]);
  await form({ ...aChoice, recorded: null });
  expect(box.querySelector<HTMLOptionElement>('option[value="recorded"]')!.disabled).toBe(true);
});

test("its very calls are few hours to simulate, days like it many; a log that begins today proposes today", () => {
  const draft = { ...firstDraft("recorded"), day: "2026-11-20" };
  expect([sizeOf(draft), sizeOf({ ...draft, until: "2026-11-22" }), sizeOf({ ...draft, replications: "20" }), sizeOf({ ...draft, until: "2026-11-19" }), sizeOf({ ...draft, day: "" })])
    .toEqual([2 * 24, 2 * 72, 2 * 20 * 30, null, null]);
  expect([dayBefore(aChoice.recorded), dayBefore({ first: "2026-11-23", last: "2026-11-23" }), dayBefore(null)]).toEqual(["2026-11-22", "2026-11-23", ""]);
  const [first] = draft.rivals;
  expect(nameOf({ ...first!, closed: ["bv-b", "gone"] }, aChoice, t)).toBe("Gần nhất, BV B đóng, gone đóng");
  expect(asked({ ...firstDraft("city"), day: "2026-11-20" }, "id", aChoice, t)).toMatchObject({ source: "city", day: null, until: null });
});

test("its head says which day it was", async () => {
  const run = { id: "7", question: { vi: "?", en: "?" }, source: "recorded", model: null, scenario: null, begins: "2026-11-20T00:00", state: "running", rivals: [], replications: 1, seed: 1, hours: 24 } as unknown as SimulationAnswer;
  await draw(<RunHead run={run}>{null}</RunHead>);
  expect(box.querySelector(".chips li")!.textContent).toBe("Ngày đã ghi trong nhật ký: 2026-11-20");
});

test("what of the day is not played is told by its reasons, in both languages, and nothing where nothing was left out", async () => {
  const run = { id: "7", question: { vi: "?", en: "?" }, source: "recorded", rivals: [{ name: "A", label: { vi: "A", en: "A" } }], replications: 1 } as unknown as SimulationAnswer;
  const results = (left_out: Record<string, number>) => ({ figures: [], compared: [], rivals: [{ name: "A", figures: {} }], differences: [], left_out }) as unknown as Results;
  const told = async (left_out: Record<string, number>) => { await draw(<Comparison run={run} results={results(left_out)} pair={0} choose={() => undefined} />); return box.textContent!; };
  expect(await told({ merged: 4, without_run: 3, turned_back: 1, transfer: 2, further_crews: 1 })).toContain(
    "không phát lại: 4 ca trùng đã gộp vào ca khác, 3 ca đóng mà không điều xe, 1 ca có xe quay về trước khi tới nơi, 2 ca chuyển viện, 1 kíp đến sau ở những ca có nhiều xe.");
  expect(await told({})).not.toContain("không phát lại");
});
