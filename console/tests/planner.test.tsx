/** The planner's page: what its form asks for, where a refusal stands, and how the table speaks. */
import { I18nProvider } from "@lingui/react";
import { readFileSync } from "node:fs";
import { act } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";

import { fieldsOf, isAt } from "../src/planner/atField";
import { along, back, path, ticks, valueAt } from "../src/planner/chart";
import { Comparison } from "../src/planner/Comparison";
import { asked, changesOf, firstDraft, firstOn, nameOf, sizeOf, sourceOf, type Draft } from "../src/planner/draft";
import { NewRun } from "../src/planner/NewRun";
import { RunHead } from "../src/planner/RunHead";
import { signed, told } from "../src/planner/told";
import { useWatched } from "../src/planner/useWatched";
import { planner } from "../src/text/planner.vi";
import { i18n, speak } from "../src/text/i18n";
import { shareNow } from "../src/planner/howFar";
import { Refusal, Unreachable } from "../src/wire/send";
import * as wire from "../src/wire/simulations";
import type { Choices, Difference, NewSimulation, Results, SimulationAnswer } from "../src/wire/simulations";
import { aChoice, box, draw, press, t, withABox } from "./planner_form";

const choices: Choices = { ...aChoice, limits: { ...aChoice.limits, rivals: 3 } };
withABox();

test("an untouched form asks something sensible: two rivals with names, and a question of them", () => {
  const order = asked(firstDraft("city"), "id", choices, t);
  expect(order.rivals.map(({ name, policy, move_up }) => [name, policy, move_up])).toEqual([
    ["Gần nhất", "closest", "home"], ["Gần nhất, chờ ở điểm trực DMEXCLP", "closest", "dmexclp"]]);
  expect([order.question, order.source, order.hours, order.replications, order.seed, order.begins]).toEqual([
    "So sánh “Gần nhất” với “Gần nhất, chờ ở điểm trực DMEXCLP”", "city", null, null, null, null]);
});

test("what was typed is what is asked for; what is no number goes as it stands, for the server to say so", () => {
  const draft = firstDraft("model:edmonton");
  const [first, second] = draft.rivals;
  Object.assign(second!, { more: [{ station: "tt", count: "3" }], without: "C3, T3;C4", turnout: { van: "75" }, beds: true, lines: "14", takers: "" });
  const order = asked({ ...draft, replications: "50", seed: "9", hours: "12", warmUp: "0", begins: "2026-03-02T00:00" }, "id", choices, t);
  expect(order).toMatchObject({ source: "model", model: "edmonton", scenario: null, replications: 50, seed: 9, hours: 12, warm_up_hours: 0, begins: "2026-03-02T00:00" });
  expect(order.rivals[1]).toMatchObject({ more: { tt: 3 }, without: ["C3", "T3", "C4"], turnout_s: { van: 75 }, beds: true, lines: 14, takers: null });
  expect([changesOf(first!), changesOf(second!)]).toEqual([0, 5]);
  expect(order.rivals[1]!.name).toBe("Gần nhất, chờ ở điểm trực DMEXCLP, +3 Trung Tâm, −C3 T3 C4");
  expect(nameOf({ ...first!, lines: "40", takers: "40" }, choices, t)).toBe("Gần nhất, 40 đường dây, 40 điện thoại viên");
  expect(nameOf({ ...second!, name: " Ca tối " }, choices, t)).toBe("Ca tối");
  expect(asked({ ...draft, replications: "nhiều" }, "id", choices, t).replications).toBe("nhiều");
});

test("a scenario says itself what is compared, and the live state has no beginning", () => {
  const draft: Draft = { ...firstDraft("scenario:flood"), hours: "5", begins: "2026-03-02T00:00", warmUp: "1" };
  expect(asked(draft, "id", choices, t)).toMatchObject({ source: "scenario", scenario: "flood", question: "", rivals: [], hours: null, begins: null, warm_up_hours: null });
  expect(asked({ ...draft, on: "now" }, "id", choices, t)).toMatchObject({ source: "now", hours: 5, begins: null, warm_up_hours: null });
  expect(sourceOf("model:a:b")).toEqual({ source: "model", model: "a:b", scenario: null });
});

test("it begins on this city, on a model where the city does not say how often people call, or on the live state", () => {
  expect([firstOn(choices, false), firstOn(choices, true), firstOn({ ...choices, demand: false }, false), firstOn({ ...choices, now: false }, true)])
    .toEqual(["city", "now", "model:edmonton", "city"]);
});

test("how much is asked of the machine: rivals, replications and hours with their warm-up", () => {
  const draft = firstDraft("city");
  expect([sizeOf(draft), sizeOf({ ...draft, replications: "10", hours: "4", warmUp: "1" }), sizeOf({ ...draft, on: "now" }), sizeOf({ ...draft, hours: "x" })])
    .toEqual([2 * 20 * 30, 100, 2 * 20 * 2, null]);
});

test("a sentence belongs to the field it names, whether it says so in words or as a fact", () => {
  expect(fieldsOf("Không hiểu dữ liệu gửi lên: rivals.1.more.tt: nhiều nhất 50; seed: cần một số nguyên.", {}, [])).toEqual(["rivals.1.more", "seed"]);
  expect(fieldsOf("Not understood: replications: a whole number is wanted.", {}, [])).toEqual(["replications"]);
  const of = (type: string, facts = {}) => fieldsOf("Không được.", { type: `urn:vigil:${type}`, ...facts }, ["Gần nhất", "Khác", "Khác"]);
  expect([of("TooManyHours"), of("TooMuchSimulated"), of("UnitNotInCity", { rival: "Gần nhất" }), of("RivalNamedTwice", { rival: "Khác" }), of("QueueFull")])
    .toEqual([["hours"], ["replications"], ["rivals.0.without"], ["rivals.2.name"], []]);
  expect(fieldsOf("Đã có năm lượt đang chờ: hãy đợi.", {}, [])).toEqual([]);
  expect([isAt(["rivals.1.more"], "rivals.1.more"), isAt(["rivals.1.more.tt"], "rivals.1.more"), isAt(["rivals.1"], "rivals.1.name")]).toEqual([true, true, false]);
});

const form = async (started: (id: string) => void = () => undefined) => draw(<NewRun choices={choices} fromNow={false} leave={null} started={started} />);

test("one press starts it; what is refused stands at its field, keeps what was typed, and is another order when mended", async () => {
  const sent: NewSimulation[] = [];
  let answer: () => Promise<never> | Promise<{ id: string }> = () => Promise.reject(new Refusal(422, "Không hiểu dữ liệu gửi lên: seed: cần một số nguyên."));
  vi.spyOn(wire, "start").mockImplementation((order) => { sent.push(order); return answer() as never; });
  let opened = "";
  await form((id) => { opened = id; });
  await press("button.primary");
  const wrong = box.querySelectorAll<HTMLInputElement>('[aria-invalid="true"]');
  expect(wrong).toHaveLength(1);
  expect(box.querySelector(`label[for="${wrong[0]!.id}"]`)!.textContent).toBe("Hạt giống");
  expect(document.getElementById(wrong[0]!.getAttribute("aria-describedby")!)!.textContent).toContain("cần một số nguyên");
  expect(box.querySelector('[role="alert"].unseen')!.textContent).toContain("cần một số nguyên");
  answer = () => Promise.reject(new Refusal(409, "Đã đủ lượt chờ."));
  await press("button.primary");
  expect([box.querySelector(".notice")!.textContent, box.querySelectorAll('[aria-invalid="true"]').length]).toEqual(["■ Đã đủ lượt chờ.", 0]);
  answer = () => Promise.reject(new Unreachable("no answer"));
  await press("button.primary");
  answer = () => Promise.resolve({ id: sent.at(-1)!.id });
  await press("button.primary");
  expect(opened).toBe(sent[3]!.id);
  expect([new Set(sent.map(({ id }) => id)).size, sent[2]!.id]).toEqual([3, sent[3]!.id]); // without an answer it stays the same order
});

test("rivals come and go by a button, never more than the server takes and never none", async () => {
  await form();
  await press(".add-rival");
  expect([box.querySelectorAll("fieldset.rival").length, box.querySelector(".add-rival")]).toEqual([3, null]);
  await press("fieldset.rival .drop");
  await press("fieldset.rival .drop");
  expect([box.querySelectorAll("fieldset.rival").length, box.querySelector(".drop")]).toEqual([1, null]);
});

const interval = (mean: number) => ({ mean, low: mean, high: mean, n: 20 });
const apart = (figure: string, mean: number, low: number, high: number, sure: boolean, better: boolean | null): Difference =>
  ({ first: "", rival: "b", figure, mean, low, high, p: 0.01, sure, better });
const results = {
  figures: ["late", "late_P1", "p90_s", "km", "lost", "km_homeward"], compared: ["late", "late_P1", "p90_s", "km"],
  rivals: ["a", "b"].map((name, index) => ({ name, reached: [], series: {},
    figures: { late: interval(0.22 - 0.023 * index), late_P1: interval(0.1), p90_s: interval(1190 - 132 * index), km: interval(2210), lost: null, km_homeward: interval(9) } })),
  differences: [apart("late", -0.023, -0.031, -0.015, true, true), apart("late_P1", 0.004, -0.01, 0.018, false, null), apart("p90_s", -132, -169, -91, true, true), apart("km", 340, 310, 372, true, false)],
} as unknown as Results;
const run = { replications: 20, rivals: ["a", "b"].map((name) => ({ name, label: { vi: name, en: name } })) } as unknown as SimulationAnswer;

async function table(): Promise<string[][]> {
  const page = document.createElement("div");
  page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}><Comparison run={run} results={results} pair={0} choose={() => undefined} /></I18nProvider>);
  return [...page.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent!));
}

test("the table tells B less A with its interval, and says in words where they do not clearly differ", async () => {
  expect(await table()).toEqual([
    ["Đến trễ", "22,0 %", "19,7 %", "▲ −2,3 điểm % [−3,1; −1,5]tốt hơn"],
    ["P1 đến trễ", "10,0 %", "10,0 %", "≈ +0,4 điểm % [−1,0; +1,8]chưa thấy khác biệt"],
    ["Thời gian đáp ứng, 90 % trong vòng", "19:50", "17:38", "▲ −2:12 [−2:49; −1:31]tốt hơn"],
    ["Km chạy mỗi ngày", "2.210 km", "2.210 km", "▼ +340 km [+310; +372]kém hơn"],
  ]);
  await speak("en");
  expect((await table())[1]![3]).toBe("≈ +0.4 points [−1.0; +1.8]no difference shown");
});

test("what answers the question of a scenario stands first, and an interval clear of 0 that is not sure says why", async () => {
  const said = { ...results, answers: ["p90_s", "gone"], differences: [apart("p90_s", -132, -169, -91, false, null)] } as unknown as Results;
  const page = document.createElement("div");
  page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}><Comparison run={run} results={said} pair={0} choose={() => undefined} /></I18nProvider>);
  expect([...page.querySelectorAll("tbody tr")].map((row) => row.textContent).slice(0, 4)).toEqual([
    "Trả lời câu hỏi", "Thời gian đáp ứng, 90 % trong vòng19:5017:38≈ −2:12 [−2:49; −1:31]chưa thấy khác biệt (sau hiệu chỉnh Holm)", "Các chỉ số khác", "Đến trễ22,0 %19,7 %–"]);
  expect(page.textContent).toContain("Holm");
});

test("what is told of other patients under each is not compared, and says so; pairs are those of the answer", () => {
  const three = ["a", "b", "c"];
  const said = { ...results, answers: ["late"], figures: ["late", "late_or_lost"], compared: ["late_or_lost"], rivals: three.map((name) => ({ ...results.rivals[0]!, name, figures: { late: interval(0.2), late_or_lost: interval(0.4) } })),
    pairs: [{ first: "a", rival: "b", unlike: ["late"] }, { first: "b", rival: "c", unlike: [] }],
    differences: [{ ...apart("late_or_lost", 0.3, 0.2, 0.4, true, false), first: "a", rival: "b" }, { ...apart("late_or_lost", -0.1, -0.2, -0.05, true, true), first: "b", rival: "c" }, { ...apart("late", -0.1, -0.2, -0.05, true, true), first: "b", rival: "c" }] } as unknown as Results;
  const asked = { ...run, rivals: three.map((name) => ({ name, label: { vi: name, en: name } })) } as unknown as SimulationAnswer;
  const seen = (pair: number) => {
    const page = document.createElement("div");
    page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}><Comparison run={asked} results={said} pair={pair} choose={() => undefined} /></I18nProvider>);
    return { options: [...page.querySelectorAll("option")].map((one) => one.textContent), rows: [...page.querySelectorAll("tbody tr:not(.group) td:last-child")].map((cell) => cell.textContent), note: page.textContent!.includes("không so sánh; hãy xem"), head: [...page.querySelectorAll("thead th")].map((cell) => cell.textContent).slice(1, 3) };
  };
  expect(seen(0)).toEqual({ options: ["B (b) với A (a)", "C (c) với B (b)"], note: true, head: ["A", "B"], rows: ["không so sánh: khác người bệnh", "▼ +30,0 điểm % [+20,0; +40,0]kém hơn"] });
  expect(seen(1)).toMatchObject({ note: false, head: ["B", "C"], rows: ["▲ −10,0 điểm % [−20,0; −5,0]tốt hơn", "▲ −10,0 điểm % [−20,0; −5,0]tốt hơn"] });
});

test("before the first replication the share is that of the stage, and unknown where nobody says it", () => {
  const going = (part: object) => ({ state: "running", stage: "road times", share: null, done: 0, of: 20, ...part }) as Parameters<typeof shareNow>[0];
  expect([shareNow(going({})), shareNow(going({ share: 0.4 })), shareNow(going({ stage: "replications", done: 5 })), shareNow(going({ state: "waiting", stage: null }))]).toEqual([null, 0.4, 0.25, 0]);
});

test("that all rivals meet the same calls is said only where they do, and of one rival nothing is compared", async () => {
  const note = (source: SimulationAnswer["source"], rivals = 2) => {
    const page = document.createElement("div");
    const [one, told] = [{ ...run, source, rivals: run.rivals.slice(0, rivals) }, { ...results, rivals: results.rivals.slice(0, rivals) }];
    page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}><Comparison run={one} results={told} pair={0} choose={() => undefined} /></I18nProvider>);
    return page.querySelector("p.faint")!.textContent;
  };
  expect([note("city"), note("now"), note("scenario"), note("city", 1)]).toEqual([
    "Trung bình của 20 lần chạy. Mọi phương án gặp đúng những cuộc gọi như nhau. ", "Trung bình của 20 lần chạy. Mọi phương án gặp đúng những cuộc gọi như nhau. ",
    "Trung bình của 20 lần chạy. Mọi phương án dùng cùng nguồn ngẫu nhiên; cuộc gọi chỉ khác ở chỗ kịch bản thay đổi. ",
    "Trung bình của 20 lần chạy. Chỉ có một phương án, không có gì để so sánh. "]);
});

test("a simulation that is over links to the files it has: none from now has a report", () => {
  const files = (source: SimulationAnswer["source"], state: SimulationAnswer["state"], bundle: boolean) => {
    const page = document.createElement("div");
    const one = { ...run, id: "7", question: { vi: "?", en: "?" }, source, state, model: null, scenario: null, results: { ...results, bundle } } as SimulationAnswer;
    page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}><RunHead run={one}>{null}</RunHead></I18nProvider>);
    return [...page.querySelectorAll("a")].map((link) => link.getAttribute("href")!.split("/").at(-1));
  };
  expect([files("city", "done", true), files("scenario", "done", false), files("now", "done", false), files("city", "stopped", false)])
    .toEqual([["report", "rows", "bundle"], ["report", "rows"], ["rows"], []]);
});

test("there are words for figures and curves that the simulations send, and for no others", () => {
  const sources = ["results/figures.py", "scenario/values.py", "asked/now.py", "asked/results.py"].map((file) => readFileSync(`../simulations/${file}`, "utf8")).join("\n");
  const worded = Object.keys(planner).filter((key) => /^(figure|series)\./.test(key)).map((key) => key.split(".")[1]!);
  expect(worded.length).toBeGreaterThan(20);
  expect(worded.filter((name) => !sources.includes(`"${name}"`)).sort())
    .toEqual(["late_P1", "late_P2", "late_P3", "late_P4", "late_or_lost_P1", "late_or_lost_P2", "late_or_lost_P3", "late_or_lost_P4"]); // named by priority
  expect(sources).toContain('f"late_{');
  expect(sources).toContain('f"late_or_lost_{');
});

test("figures are told in their units; nothing is no zero, and a difference of nothing has no sign", () => {
  expect([told("late", 0.2204, "en"), told("mean_s", 411.4, "en"), told("km", 1240.4, "vi"), told("calls", 96.25, "vi"), told("lost", null, "vi")]).toEqual(["22.0 %", "6:51", "1.240 km", "96,3", "–"]);
  expect([signed("late", -0.0001, "en"), signed("mean_s", 26, "en"), signed("mean_s", -0.2, "en")]).toEqual(["0.0", "+0:26", "0:00"]);
});

test("a chart puts values where they belong, and finds the value of a moment", () => {
  const axis = { low: 0, high: 24, from: 40, to: 280 };
  expect([along(axis, 6), back(axis, 100)]).toEqual([100, 6]);
  for (const most of [0.3, 1, 7, 46, 47.3, 1190]) {
    const up = ticks(most);
    expect(up[0]).toBe(0);
    expect(up.at(-1)!).toBeGreaterThanOrEqual(most);
    expect(up.at(-2)!).toBeLessThan(most);
    expect(up.length).toBeLessThan(8);
  }
  expect(path([[0, 1], [1, 2], [2, null], [3, 4]])).toBe("M0.0 1.0h0L1.0 2.0M3.0 4.0h0");
  expect([0, 3599, 3600, 7200, 7201, -1].map((place) => valueAt([5, null], 0, 3600, place))).toEqual([5, 5, null, null, null, null]);
  expect(valueAt([5, 6], 0, 3600, 7200)).toBe(6); // the very end belongs to the last hour
});

test("while nobody answers the page keeps what it heard, says so, and goes on by itself", async () => {
  vi.useFakeTimers();
  let count = 0;
  let answer = async (): Promise<number> => (count += 1);
  const ask = () => answer();
  function Part() {
    const { value, lost, gone } = useWatched(ask, (found) => (found < 4 ? 1000 : null));
    return <p>{`${value} ${lost} ${gone}`}</p>;
  }
  const pass = (ms: number) => act(async () => { await vi.advanceTimersByTimeAsync(ms); });
  await draw(<Part />);
  await pass(1000);
  expect(box.textContent).toBe("2 false false");
  answer = () => Promise.reject(new Unreachable("no answer"));
  await pass(1000);
  expect(box.textContent).toBe("2 true false");
  answer = async () => (count += 1);
  await pass(1500);
  expect(box.textContent).toBe("3 false false");
  await pass(1000);
  await pass(60_000);
  expect([box.textContent, count, vi.getTimerCount()]).toEqual(["4 false false", 4, 0]);
});
