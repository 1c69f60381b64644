import { describe, expect, test } from "vitest";

import { Clock } from "../src/live/clock";
import { Positions } from "../src/live/positions";
import { dayInWords, distance, since, span, timeAndDay, timeOfDay, shortly } from "../src/text/format";
import { level, MARK } from "../src/text/urgency";

describe("timers", () => {
  test.each([[0, "0:00"], [59.9, "0:59"], [60, "1:00"], [763, "12:43"], [4642, "1:17:22"], [-3, "0:00"]])(
    "%s seconds read as %s", (seconds, text) => expect(span(seconds)).toBe(text));

  test("turn amber and red exactly at the city's limits", () => {
    expect([59, 60, 119, 120].map((seconds) => level(seconds, 60, 120))).toEqual(["calm", "amber", "amber", "red"]);
  });

  test("say their level without colour", () => {
    expect(new Set([MARK.calm, MARK.amber, MARK.red]).size).toBe(3);
  });
});

test("the time of day is the city's, whatever the desk's time zone is", () => {
  expect(timeOfDay("2026-03-01T19:30:05+00:00", "Asia/Ho_Chi_Minh")).toBe("02:30:05");
  expect(timeOfDay("2026-03-01T19:30:05+00:00", "Europe/Copenhagen", false)).toBe("20:30");
});

test("distances use the comma or point of the language", () => {
  expect([distance(846, "vi"), distance(1449, "vi"), distance(1449, "en")]).toEqual(["850 m", "1,4 km", "1.4 km"]);
});

describe("the server's clock", () => {
  test("counts in server time although the desk's clock is an hour slow", () => {
    let desk = Date.parse("2026-03-01T11:00:00Z");
    const clock = new Clock(() => desk);
    clock.hear("2026-03-01T12:00:00Z");
    desk += 5000;
    expect(since("2026-03-01T12:00:00Z", clock.now() / 1000)).toBe(5);
  });

  test("one frame that was long on its way hardly turns it back", () => {
    const desk = Date.parse("2026-03-01T12:00:00Z");
    const clock = new Clock(() => desk);
    clock.hear("2026-03-01T12:00:00Z");
    clock.hear("2026-03-01T11:59:59Z");
    expect(Math.abs(clock.now() - desk)).toBeLessThan(100);
  });
});

test("a late position never moves a unit back", () => {
  const positions = new Positions(() => 0);
  positions.hear([["C1", 10, 106, null, null, 100]]);
  positions.hear([["C1", 11, 107, null, null, 90]]);
  expect(positions.get("C1")).toMatchObject({ lat: 10, at: 100 });
});

test("a mark glides to a new position within a second", () => {
  let now = 0;
  const positions = new Positions(() => now);
  positions.hear([["C1", 10, 106, null, null, 100]]);
  now = 2000;
  positions.hear([["C1", 11, 106, null, null, 101]]);
  const where = () => positions.place(positions.get("C1")!).lat;
  expect(where()).toBe(10);
  now = 2500;
  expect(where()).toBeCloseTo(10.5);
  now = 9000;
  expect(where()).toBe(11);
});

test("a time of another day than today in the city carries its date", () => {
  const now = Date.parse("2026-11-22T18:30:00Z") / 1000; // 01:30 on the 23rd in the city
  const said = (at: string, language: "vi" | "en") => timeAndDay(at, "Asia/Ho_Chi_Minh", language, now);
  expect(said("2026-11-22T17:05:00Z", "en")).toBe("00:05");
  expect([said("2026-11-22T16:00:00Z", "en"), said("2026-11-22T16:00:00Z", "vi")]).toEqual(["23:00 22 Nov", "23:00 22/11"]);
});

test("the name of a hospital is said shortly where room is short, and no other word of it is touched", () => {
  expect(shortly("Bệnh viện Chợ Rẫy")).toBe("BV Chợ Rẫy");
  expect(shortly("Bệnh viện")).toBe("Bệnh viện");
  expect(shortly("Phòng khám Bệnh viện Y")).toBe("Phòng khám Bệnh viện Y");
});

test("a day is written as the language writes it, wherever the browser stands", () => {
  expect(dayInWords("2026-11-02", "vi")).toBe("02/11/2026");
  expect(dayInWords("2026-11-02", "en")).toBe("02 Nov 2026");
});
