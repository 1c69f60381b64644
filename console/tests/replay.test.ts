/** Replays of simulations: where everything stands at a moment, and running through it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { clocks } from "../src/planner/clockOf";
import { Film } from "../src/planner/film";
import { countsAt, isOpenAt, standOf, STATUS, waitsAt, type Stand } from "../src/planner/replay";
import { boundsOf } from "../src/planner/replayPainter";
import type { Leg, LegStatus, ReplayIncident, ReplayUnit } from "../src/wire/simulations";

const DOING = Object.keys(STATUS) as LegStatus[];
let luck = 7;
const chance = (): number => (luck = (luck * 16807) % 2147483647) / 2147483647;

function aUnit(legs: Leg[], incidents: (number | null)[] = legs.map(() => null)): ReplayUnit {
  return { callsign: "C1", kind: "van", legs, incidents };
}

function drawn(): ReplayUnit {
  let now = Math.floor(chance() * 50);
  let place: [number, number] = [10, 106];
  const legs = Array.from({ length: 12 }, (_, index): Leg => {
    const next: [number, number] = chance() < 0.5 ? place : [10 + chance(), 106 + chance()];
    // Some take no time at all: a crew that is at the hospital already.
    const leg: Leg = [now, now + Math.floor(chance() * 4) * 25, DOING[index % DOING.length]!, ...place, ...next];
    [now, place] = [leg[1], next];
    return leg;
  });
  return aUnit(legs, legs.map((_, index) => (index % 3 === 0 ? null : index)));
}

/** Slow and obvious: goes second by second through every leg. */
function twin({ legs, incidents }: ReplayUnit, moment: number): Stand | null {
  let found: Stand | null = null;
  legs.forEach(([from, to, doing, lat, lon, nextLat, nextLon], index) => {
    if (from > moment) return;
    let place = { lat, lon };
    for (let second = from; second < Math.min(to, moment); second += 1) {
      const steps = to - from;
      place = { lat: place.lat + (nextLat - lat) / steps, lon: place.lon + (nextLon - lon) / steps };
    }
    if (moment >= to) place = { lat: nextLat, lon: nextLon };
    found = { status: STATUS[doing], place, incident: incidents[index]! };
  });
  return found;
}

test("a unit is where its slow twin is, at every moment of many courses", () => {
  for (let course = 0; course < 40; course += 1) {
    const unit = drawn();
    for (let moment = -5; moment < 800; moment += 7) {
      const [is, should] = [standOf(unit, moment), twin(unit, moment)];
      expect([is?.status, is?.incident]).toEqual([should?.status, should?.incident]);
      if (!is || !should) continue;
      expect(is.place.lat).toBeCloseTo(should.place.lat, 9);
      expect(is.place.lon).toBeCloseTo(should.place.lon, 9);
    }
  }
});

test("half of the time is half of the way, and whoever arrived stands there", () => {
  const unit = aUnit([[0, 100, "to_scene", 10, 106, 10.2, 106.4], [100, 160, "on_scene", 10.2, 106.4, 10.2, 106.4]], [5, 5]);
  expect(standOf(unit, 50)).toEqual({ status: "EN", place: { lat: 10.1, lon: 106.2 }, incident: 5 });
  expect(standOf(unit, 100)).toEqual({ status: "SC", place: { lat: 10.2, lon: 106.4 }, incident: 5 });
  expect(standOf(unit, 9999)!.place).toEqual({ lat: 10.2, lon: 106.4 });
  expect(standOf(unit, -1)).toBeNull();
});

const anIncident = (part: Partial<ReplayIncident> = {}): ReplayIncident => ({
  number: 1, priority: "P1", lat: 10, lon: 106, rang_s: 100, opened_s: 130, sent_s: 200, on_scene_s: 500, left_s: 900, at_hospital_s: 1200,
  clear_s: 1500, late: false, unit: "C1", hospital: "BV", ...part,
});

test("an incident stands on the map from its ring until the patient is away, and for good where nobody ever came", () => {
  const open = (part: Partial<ReplayIncident>) => [99, 100, 899, 900, 1499, 1500].filter((moment) => isOpenAt(anIncident(part), moment));
  expect(open({})).toEqual([100, 899]);
  expect(open({ left_s: null })).toEqual([100, 899, 900, 1499]); // treated where they are
  expect(open({ sent_s: null, left_s: null, clear_s: null })).toEqual([100, 899, 900, 1499, 1500]);
  expect([waitsAt(anIncident(), 150), waitsAt(anIncident(), 200), waitsAt(anIncident({ sent_s: null }), 5000)]).toEqual([true, false, true]);
});

test("what is counted is what is drawn", () => {
  const units = Array.from({ length: 30 }, drawn);
  const { units: counted } = countsAt({ units, incidents: [anIncident()] } as never, 400);
  const stands = units.map((unit) => twin(unit, 400)!.status);
  expect(Object.values(counted).reduce((sum, one) => sum + one)).toBe(30);
  for (const [status, count] of Object.entries(counted)) expect([status, count]).toEqual([status, stands.filter((one) => one === status).length]);
});

test("the window of the map holds everything that stands or happens", () => {
  const place = (lat: number, lon: number) => ({ name: "", lat, lon });
  expect(boundsOf({ stations: [place(10, 106)], hospitals: [place(10.2, 106.1)], incidents: [anIncident({ lat: 9.9, lon: 106.5 })] })).toEqual([106, 9.9, 106.5, 10.2]);
  expect(boundsOf({ stations: [], hospitals: [], incidents: [] })).toBeNull();
});

let tick = 0;
beforeEach(() => { vi.useFakeTimers(); tick = 0; });
afterEach(() => vi.useRealTimers());
function pass(ms: number): void {
  for (let gone = 0; gone < ms; gone += 100) {
    tick += 100;
    vi.advanceTimersByTime(100);
  }
}

test("a film runs at its speed, stops at its end, and begins anew from there", () => {
  const film = new Film(0, 3600, () => tick);
  film.faster(600);
  film.play();
  pass(2000);
  expect(film.now.get().moment).toBeCloseTo(1200, 6);
  film.faster(1);
  pass(1000);
  expect(film.now.get().moment).toBeCloseTo(1201, 6);
  film.faster(600);
  pass(10_000);
  expect([film.now.get().moment, film.now.get().playing, vi.getTimerCount()]).toEqual([3600, false, 0]);
  film.play();
  expect(film.now.get().moment).toBe(0);
  film.pause();
  expect(vi.getTimerCount()).toBe(0);
});

test("nobody gets out of a film, and steps are whole seconds", () => {
  const film = new Film(0, 3600);
  film.seek(59.6);
  film.step(60);
  expect(film.now.get().moment).toBe(120);
  film.step(-600);
  expect(film.now.get().moment).toBe(0);
  film.seek(1e9);
  expect(film.now.get().moment).toBe(3600);
});

test("moments are told by the clocks there, and marks stand on whole hours of these", () => {
  const times = clocks("2026-03-02T06:30:00+07:00", "Asia/Ho_Chi_Minh", "en");
  expect([times.time(0), times.short(5400), times.day(0), times.day(18 * 3600)]).toEqual(["06:30:00", "08:00", "Mon 2 Mar", "Tue 3 Mar"]);
  const marks = times.marks(0, 86_400, 6);
  expect(marks.map(times.short)).toEqual(["08:00", "12:00", "16:00", "20:00", "00:00", "04:00"]);
});
