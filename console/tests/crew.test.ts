import { describe, expect, test } from "vitest";

import { progressOf } from "../src/crew/course";
import type { Errand } from "../src/crew/errands";
import { along, spoken, turnsAhead } from "../src/crew/guidance";
import { numberIn } from "../src/crew/vitals";
import type { Held, Kept } from "../src/outbox/outbox";
import type { Course } from "../src/wire/crew";
import type { Milestone } from "../src/wire/rows";

const state = (milestone: string, next: string[]) => ({ milestone, label: { vi: milestone, en: milestone }, next, over: next.length === 0 });
const COURSE: Course = {
  states: [
    state("assigned", ["accepted", "declined"]), state("accepted", ["en_route", "stood_down"]), state("en_route", ["on_scene", "stood_down"]),
    state("on_scene", ["patient_contact", "clear"]), state("clear", []),
  ],
  outcomes: [], alarm_outcomes: [],
};
const NOON = "2026-03-01T12:00:00+00:00";

function held(...taps: [Milestone, string][]): Held<Errand> {
  const waiting = taps.map(([milestone, tapped], place): Kept<Errand> => ({
    id: `k${place}`, by: "crew", tapped, place, urgent: false, refused: null, order: { kind: "milestone", run_id: "r1", milestone, position: null },
  }));
  return { waiting, refused: [], answered: [], delivered: 0 };
}

describe("how far a run is", () => {
  const run = { id: "r1", milestones: { assigned: NOON, accepted: "2026-03-01T12:00:10Z" }, next: ["en_route", "stood_down"] };

  test("is what the record says where nothing waits", () => {
    const { reached, next } = progressOf(run, held(), COURSE);
    expect(reached).toEqual([{ milestone: "accepted", at: "2026-03-01T12:00:10Z", onRecord: true }]);
    expect(next).toEqual(["en_route", "stood_down"]);
  });

  test("goes on by the taps that wait, which are never shown as on the record", () => {
    const { reached, next } = progressOf(run, held(["en_route", "2026-03-01T12:01:00Z"], ["on_scene", "2026-03-01T12:05:00Z"]), COURSE);
    expect(reached.map((one) => [one.milestone, one.onRecord])).toEqual([["accepted", true], ["en_route", false], ["on_scene", false]]);
    expect(next).toEqual(["patient_contact", "clear"]);
  });

  test("takes no tap of another run for its own", () => {
    expect(progressOf({ ...run, id: "r2" }, held(["en_route", NOON]), COURSE).next).toEqual(["en_route", "stood_down"]);
  });

  test("is over when the last tap ends it", () => {
    expect(progressOf(run, held(["clear", NOON]), COURSE)).toMatchObject({ over: true, next: [] });
  });
});

describe("along a way", () => {
  // North for about 111 m, then east for about 109 m, then north again.
  const way: [number, number][] = [[10, 106], [10.001, 106], [10.001, 106.001], [10.002, 106.001]];
  const steps = [
    { name: "Lê Lợi", distance_m: 111, duration_s: 20, turn: "" },
    { name: "Pasteur", distance_m: 109, duration_s: 20, turn: "right" },
    { name: "Pasteur", distance_m: 60, duration_s: 10, turn: "straight" },
    { name: "Hàm Nghi", distance_m: 51, duration_s: 10, turn: "left" },
  ];

  test("the metres driven are those up to the nearest point of the line", () => {
    const found = along(way, { lat: 10.0005, lon: 106.0001 });
    expect(found.driven_m).toBeCloseTo(55.7, 0);
    expect(found.beside_m).toBeCloseTo(11, 0);
    expect(found.ahead).toHaveLength(4);
  });

  test("whoever drives through another street is beside the way", () => {
    expect(along(way, { lat: 10.0005, lon: 106.005 }).beside_m).toBeGreaterThan(400);
  });

  test("turns that are behind are told no more, and straight on in the same street is no turn", () => {
    expect(turnsAhead(steps, 0)).toEqual([
      { turn: "right", name: "Pasteur", in_m: 111, for_m: 169 }, { turn: "left", name: "Hàm Nghi", in_m: 280, for_m: 51 },
    ]);
    expect(turnsAhead(steps, 150).map((one) => [one.name, one.in_m])).toEqual([["Hàm Nghi", 130]]);
    expect(turnsAhead(steps, 300)).toEqual([]);
  });

  test("distances are said as one says them while driving", () => {
    expect([3, 44, 212, 1260].map(spoken)).toEqual([10, 40, 200, 1300]);
  });
});

test("a measurement may be typed with a comma, and is wrong where nobody can have it", () => {
  const temperature = { least: 20, most: 45, whole: false };
  expect(["38,4", " 37 ", "", "98.6", "x"].map((text) => numberIn(text, temperature))).toEqual([38.4, 37, null, "wrong", "wrong"]);
  expect(numberIn("12.5", { least: 0, most: 120, whole: true })).toBe("wrong");
});
