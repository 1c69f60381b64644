/** What the server says of a simulation that it will not play, as it says it, and where the form shows it. */
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

import { KNOWN_KINDS, fieldsOf } from "../src/planner/atField";
import { asked, firstDraft, sizeOf } from "../src/planner/draft";
import { NewRun } from "../src/planner/NewRun";
import { planner } from "../src/text/planner.vi";
import { Refusal } from "../src/wire/send";
import * as wire from "../src/wire/simulations";
import type { Choices, NewSimulation } from "../src/wire/simulations";
import { aChoice, aScenario, box, choose, draw, press, t, withABox } from "./planner_form";

const choices: Choices = { ...aChoice, scenarios: [{ ...aScenario, name: "long", days: 21 }] };
withABox();

type Told = { type: string; detail: string; [fact: string]: unknown };
/** Answers of the server, without `title` and `status`. */
const NOW_SAYS_IT = (field: string): Told => ({ type: "urn:vigil:NowSaysIt", detail: `Mô phỏng tiếp từ lúc này lấy kíp xe, giường như đang có, không dùng '${field}': hãy bỏ trường này.`, field });
const TOO_MANY_HOURS: Told = { type: "urn:vigil:TooManyHours", detail: "Mỗi lần mô phỏng nhiều nhất 336 giờ; yêu cầu là 504 giờ.", most: 336, said: 504, field: "hours" };
const SCENARIO_SAYS_IT: Told = { type: "urn:vigil:ScenarioSaysIt", detail: "Kịch bản đã tự quy định các ngày và các phương án: hãy bỏ trường 'hours'.", field: "hours" };
const NO_UNIT: Told = { type: "urn:vigil:UnitNotInCity", detail: "Gần nhất: ở đây không có xe 'C9'.", rival: "Gần nhất", callsign: "C9" };
const NO_SEED: Told = { type: "urn:vigil:Misunderstood", detail: "Không hiểu dữ liệu gửi lên: seed: cần một số nguyên." };
const NO_COUNT: Told = { type: "urn:vigil:Misunderstood", detail: "Không hiểu dữ liệu gửi lên: rivals.1.more.tt: nhiều nhất 50." };
const TOO_MANY_RIVALS: Told = { type: "urn:vigil:TooManyRivals", detail: "Mỗi lần chỉ so sánh nhiều nhất 6 phương án.", most: 6 };
const NOT_READY: Told = { type: "urn:vigil:CoverageNotReady", detail: "Đang tính độ phủ cho bản đồ này; hãy thử lại sau giây lát." };

const refused = ({ detail, ...facts }: Told) => new Refusal(422, detail, facts);
const stand = (on: string) => choose("planner.stands_on", on);
const form = () => draw(<NewRun choices={choices} fromNow={false} leave={null} started={() => undefined} />);
const labels = () => [...box.querySelectorAll("label")].map((one) => one.textContent);

/** Where the form, standing on `on`, says what the server told: labels of fields, and the notice above the button. */
async function said(told: Told, on: string): Promise<{ at: string[]; notice: string | null; heard: number }> {
  vi.spyOn(wire, "start").mockRejectedValue(refused(told));
  await form();
  await stand(on);
  await press("button.primary");
  const at = [...box.querySelectorAll<HTMLElement>("[aria-invalid]")].map((one) => box.querySelector(`label[for="${one.id}"]`)!.textContent!);
  expect([...box.querySelectorAll(".wrong")].every((one) => one.textContent === told.detail)).toBe(true);
  const heard = [...box.querySelectorAll('[role="alert"]')].filter((one) => one.textContent!.includes(told.detail)).length;
  return { at, notice: box.querySelector(".notice")?.textContent ?? null, heard };
}

test.each([
  [NO_SEED, "city", "Hạt giống"],
  [TOO_MANY_HOURS, "city", "Số giờ tính"],
  [NO_UNIT, "city", "Bớt xe"],
  [NO_COUNT, "city", "Thêm xe ở trạm"],
  [NOT_READY, "now", "Dựa trên"],
] as const)("a sentence about a field on the screen stands at it, and is heard once: $detail", async (told, on, label) => {
  expect(await said(told, on)).toEqual({ at: [label], notice: null, heard: 1 });
});

test.each([
  ["from now has no such field", NOW_SAYS_IT("rivals.0.lines"), "now"],
  ["from now has no such field, the rival unsaid", NOW_SAYS_IT("lines"), "now"],
  ["a scenario of three weeks has no field for hours", TOO_MANY_HOURS, "scenario:long"],
  ["a scenario says its hours itself", SCENARIO_SAYS_IT, "scenario:long"],
  ["beds are a box to tick, without a line below", NOW_SAYS_IT("rivals.0.beds"), "city"],
  ["it is about no field", TOO_MANY_RIVALS, "city"],
] as const)("where no field of it is on the screen, everybody sees the sentence above the button: %s", async (_, told, on) => {
  expect(await said(told, on)).toEqual({ at: [], notice: `■ ${told.detail}`, heard: 1 });
});

test("a sentence whose field goes away moves above the button, and back to its field", async () => {
  expect((await said(NO_UNIT, "city")).at).toEqual(["Bớt xe"]);
  await stand("scenario:long");
  expect([box.querySelectorAll("[aria-invalid]").length, box.querySelector(".notice")!.textContent]).toEqual([0, `■ ${NO_UNIT.detail}`]);
  await stand("city");
  expect([box.querySelectorAll("[aria-invalid]").length, box.querySelector(".notice")]).toEqual([1, null]);
});

test("the rival is said by its number, by its name, or not at all", () => {
  const of = ({ detail, ...facts }: Told) => fieldsOf(detail, facts, ["Gần nhất", "Khác"]);
  expect([of(NOW_SAYS_IT("rivals.1.more")), of(NOW_SAYS_IT("more")), of(NO_UNIT), of(SCENARIO_SAYS_IT), of(NO_COUNT)])
    .toEqual([["rivals.1.more"], ["rivals.0.more", "rivals.1.more"], ["rivals.0.without"], ["hours"], ["rivals.1.more"]]);
});

test("every kind of refusal that has a field here is one that the server knows", () => {
  const server = ["api/planning/errors.py", "domain/coverage_errors.py"].map((file) => readFileSync(`../${file}`, "utf8")).join("\n");
  expect(KNOWN_KINDS.filter((kind) => !server.includes(`class ${kind}(`))).toEqual([]);
});

test("from now asks only for what the live state can take; what was typed before is neither shown nor sent, and is there again after", async () => {
  const sent: NewSimulation[] = [];
  vi.spyOn(wire, "start").mockImplementation((order) => { sent.push(order); return Promise.reject(refused(TOO_MANY_RIVALS)); });
  await form();
  await choose("planner.more", "tt");
  await choose("planner.without", "C3");
  await choose("planner.lines", "14");
  await press("button.primary");
  await stand("now");
  expect(labels().filter((label) => label !== planner["planner.name"] && label !== planner["planner.policy"] && label !== planner["planner.move_up"]))
    .toEqual(["Muốn hỏi điều gì?", "Dựa trên", "Số giờ tính", "Số lần chạy", "Hạt giống"]);
  expect(box.querySelector<HTMLInputElement>("fieldset.rival input")!.placeholder).toBe("Gần nhất");
  await press("button.primary");
  await stand("city");
  await press("button.primary");
  const nothing = { without: [], more: {}, turnout_s: {}, closed: [], staffed: {}, beds: false, takers: null, lines: null };
  expect(sent[1]!.rivals[0]).toEqual({ name: "Gần nhất", policy: "closest", move_up: "home", ...nothing });
  expect(sent[1]!.question).toBe("So sánh “Gần nhất” với “Gần nhất, chờ ở điểm trực DMEXCLP”");
  expect(sent[2]).toEqual({ ...sent[0], id: sent[2]!.id });
  expect(sent[0]!.rivals[0]).toMatchObject({ more: { tt: 1 }, without: ["C3"], lines: 14 });
});

test("a number without end goes as it was typed, so that the server refuses it; as JSON it would be nothing, and the usual", () => {
  const draft = { ...firstDraft("city"), hours: "Infinity", seed: "1e999", replications: "-Infinity" };
  expect(JSON.parse(JSON.stringify(asked(draft, "id", choices, t)))).toMatchObject({ hours: "Infinity", seed: "1e999", replications: "-Infinity" });
  expect(sizeOf(draft)).toBeNull();
});
