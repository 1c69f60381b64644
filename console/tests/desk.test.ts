import { describe, expect, test } from "vitest";

import { inOrderSent, isOver, nextMilestones, STEPS } from "../src/boards/milestones";
import { plain } from "../src/boards/plain";
import { confirmation, empty, report, within } from "../src/hospital/beds";
import { readPosition } from "../src/intake/position";
import { hits } from "../src/map/marks";
import { inOrder } from "../src/queue/order";
import { barLength, partsInOrder, total, width } from "../src/recommend/parts";
import { aBed, anIncident, NOON } from "./samples";

describe("the queue", () => {
  test("puts those who wait first, then by priority, then the longest wait, and those to be closed last", () => {
    const rows = [
      anIncident(1, { priority: "P1", status: "en_route" }),
      anIncident(2, { priority: "P3" }),
      anIncident(3, { priority: "P1", waiting_since: "2026-03-01T12:05:00+00:00" }),
      anIncident(4, { priority: "P1", waiting_since: NOON }),
      anIncident(5, { status: "closed" }),
      anIncident(6, { priority: "P1", status: "done" }),
      anIncident(7, { priority: "P4", status: "on_scene" }),
    ];
    expect(inOrder(rows).map((row) => row.number)).toEqual([4, 3, 2, 1, 7, 6]);
  });
});

describe("a typed position", () => {
  test.each(["10.7769, 106.7009", "10.7769 106.7009", "10.7769;106.7009", "10,7769 106,7009", " 10.7769 , 106.7009 "])(
    "%s is understood", (text) => expect(readPosition(text)).toEqual({ lat: 10.7769, lon: 106.7009 }));

  test.each(["", "10.77", "abc", "10.7769, 206.7", "95, 106", "12 Nguyễn Trãi", "10.7769, 106.7009, 3"])(
    "%s is not a position", (text) => expect(readPosition(text)).toBeNull());
});

describe("a run", () => {
  test("offers every step of a whole run in turn", () => {
    const reached: Record<string, string> = { assigned: NOON };
    for (const step of STEPS) {
      expect(nextMilestones(reached)).toContain(step);
      reached[step] = NOON;
    }
    expect([isOver(reached), nextMilestones(reached)]).toEqual(["clear", []]);
  });

  test("offers nothing after it was stood down", () => {
    expect(nextMilestones({ assigned: NOON, en_route: NOON, stood_down: NOON })).toEqual([]);
  });
});

test("runs stand in the order they were sent, then by callsign", () => {
  const run = (callsign: string, at: string) => ({ callsign, at });
  const later = "2026-03-01T12:00:05+00:00";
  const rows = [run("C2", later), run("C10", NOON), run("T1", NOON), run("C9", NOON)];
  expect(inOrderSent(rows, ({ at }) => at).map(({ callsign }) => callsign)).toEqual(["C9", "C10", "T1", "C2"]);
});

describe("beds", () => {
  test("empty beds are those without a patient, held or not", () => {
    expect(empty(aBed())).toBe(8);
  });

  test("a report turns empty beds back into occupied ones and keeps the blocked", () => {
    const beds = { Burn: aBed(), AdultICU: aBed({ staffed: 10, occupied: 6, blocked: 0 }) };
    const { staffed, occupied, blocked, reported_at } = beds.Burn;
    expect(report(beds, { Burn: { staffed: 31, empty: 5 } })).toEqual({
      Burn: { staffed: 31, occupied: 24, blocked: 2, read: { staffed, occupied, blocked, reported_at } },
    });
  });

  test("what nobody has counted yet is not confirmed with the rest, and can be counted", () => {
    const beds = { Burn: aBed({ assumed: true, reported_at: null }), AdultICU: aBed({ staffed: 10, occupied: 6, blocked: 0 }) };
    expect(Object.keys(confirmation(beds))).toEqual(["AdultICU"]);
    expect(report(beds, { Burn: { staffed: 30, empty: 28 } }).Burn).toMatchObject({ staffed: 30, occupied: 0, blocked: 2 });
  });

  test("there are never more empty beds than staffed ones, nor fewer than none", () => {
    expect(within({ staffed: 10, empty: 12 }, 1)).toEqual({ staffed: 10, empty: 9 });
    expect(within({ staffed: 10, empty: -1 }, 0).empty).toBe(0);
    expect(within({ staffed: -4, empty: 2 }, 0)).toEqual({ staffed: 0, empty: 0 });
  });
});

describe("the parts of a ranking", () => {
  test("come in a fixed order, without those of no weight", () => {
    expect(partsInOrder({ other: 5, turnout: 60, coverage: 0, travel: 240 }).map(({ name }) => name)).toEqual(["travel", "turnout", "other"]);
  });

  test("add up to the time shown, as rounded", () => {
    expect(total(partsInOrder({ travel: 240.5, turnout: 60.5, coverage: 0.4 }))).toBe(241 + 61);
  });

  test("fill the bar in proportion to the longest", () => {
    const longest = barLength({ travel: 240, turnout: 60 });
    expect([longest, width(60, longest), width(-30, longest)]).toEqual([300, 20, 0]);
  });
});

test("a click means the marks within reach, the nearest first, and none beyond it", () => {
  const marks = [{ x: 10, y: 10, kind: "unit" as const, id: "far" }, { x: 14, y: 10, kind: "unit" as const, id: "near" }];
  expect(hits(marks, 15, 10).map(({ id }) => id)).toEqual(["near", "far"]);
  expect(hits(marks, 100, 100)).toEqual([]);
});

test("a filter without accents finds names with them", () => {
  expect(plain("Bệnh viện Chợ Rẫy – Đa khoa")).toBe("benh vien cho ray – da khoa");
});
