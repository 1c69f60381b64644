/** What happened at a place before: what is on top, what is loud, and what is not asked for. */
import { renderToStaticMarkup } from "react-dom/server";
import { I18nProvider } from "@lingui/react";
import { afterEach, expect, test } from "vitest";

import { linesOf } from "../src/intake/before";
import { Lines } from "../src/intake/HappenedHere";
import { i18n, speak } from "../src/text/i18n";
import type { PlaceHistory } from "../src/wire/answers";
import { NOON } from "./samples";

type Incident = PlaceHistory["incidents"][number];

const happened = (number: number, part: Partial<Incident> = {}): Incident => ({
  incident_id: `i${number}`, number, opened_at: `2026-03-02T0${number}:00:00Z`, address: null, distance_m: 3, complaint: "ngất",
  priority: "P2", status: "closed", outcome: null, danger: null, danger_over: false, ...part,
});
const history = (incidents: Incident[], ...noted: [number, string][]): PlaceHistory => ({
  incidents, notes: noted.map(([incident_number, text]) => ({ at: NOON, incident_number, text })),
});
const numbers = (told: PlaceHistory, except: string | null = null) => linesOf(told, except).map((line) => line.incident.number);
const shown = (told: PlaceHistory) => {
  const page = document.createElement("div");
  page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}><Lines lines={linesOf(told, null)} now={Date.parse(NOON)} /></I18nProvider>);
  return page;
};
afterEach(() => speak("vi"));

test("a danger comes first, then what was noted, then the newest of the others", () => {
  const told = history([1, 2, 3, 4, 5, 6, 7].map((number) => happened(number, number === 1 ? { danger: "dao" } : {})), [2, "chó dữ"]);
  expect(numbers(told)).toEqual([1, 2, 7, 6, 5]);
});

test("the incident itself is not its own history, and an open one stands in the queue already unless it is dangerous", () => {
  const told = history([happened(1), happened(2, { status: "waiting" }), happened(3, { status: "waiting", danger: "dao" })]);
  expect(numbers(told, "i1")).toEqual([3]);
});

test("only a danger is loud, also one that is over, and is told as such", () => {
  const told = history([happened(1, { danger: "chủ nhà cầm dao", danger_over: true }), happened(2), happened(3)], [2, "chó dữ"]);
  const vi = shown(told);
  expect([...vi.querySelectorAll(".hot")].map((one) => one.textContent)).toEqual(["■ Nguy hiểm khi đó: chủ nhà cầm dao"]);
  expect(vi.querySelector("h3")!.textContent).toBe("Từng xảy ra tại đây");
  expect(vi.textContent).toContain("“chó dữ”");
  speak("en");
  expect(shown(told).querySelector("h3")!.textContent).toBe("Happened here before");
});

test("where nothing happened nothing is shown", () => {
  expect(shown(history([])).innerHTML).toBe("");
});
