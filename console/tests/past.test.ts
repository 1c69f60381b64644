/** The time slider: days of the city, and the reel that runs through them. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { beginOf, dayBegin, dayOf, lengthOf } from "../src/past/day";
import { Reel } from "../src/past/reel";
import type { Snapshot } from "../src/wire/rows";
import { aSnapshot } from "./samples";

const SAIGON = "Asia/Ho_Chi_Minh";
const at = (iso: string) => Date.parse(iso);
const HOUR = 3_600_000;

test("a day begins at midnight of the city's clocks, whatever the clocks of the desk say", () => {
  expect(dayBegin(at("2026-11-22T16:59:59Z"), SAIGON)).toBe(at("2026-11-21T17:00:00Z"));
  expect(dayBegin(at("2026-11-22T17:00:00Z"), SAIGON)).toBe(at("2026-11-22T17:00:00Z"));
  expect([dayOf(at("2026-11-22T17:00:00Z"), SAIGON), beginOf("2026-11-23", SAIGON)]).toEqual(["2026-11-23", at("2026-11-22T17:00:00Z")]);
  expect(beginOf("", SAIGON)).toBeNaN();
});

test("where clocks are changed a day has 23 or 25 hours", () => {
  const length = (day: string) => lengthOf(beginOf(day, "Europe/Berlin"), "Europe/Berlin") / HOUR;
  expect([length("2026-03-28"), length("2026-03-29"), length("2026-10-25")]).toEqual([24, 23, 25]);
});

const PRESENT = at("2026-11-22T12:00:00Z");
const THEN = at("2026-11-22T10:00:00Z");
let asked: string[] = [];
let shown: number[] = [];
let local = 0;
let answer: (() => void)[] = [];

function aReel(slow = false): Reel {
  return new Reel(THEN, {
    snapshot: (when) => {
      asked.push(when);
      return slow ? new Promise<Snapshot>((done) => answer.push(() => done(aSnapshot()))) : Promise.resolve(aSnapshot());
    },
    show: (_, when) => shown.push(when),
    present: () => PRESENT,
    tick: () => local,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, shown, answer, local] = [[], [], [], 0];
});
afterEach(() => vi.useRealTimers());

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 500) {
    local += 500;
    await vi.advanceTimersByTimeAsync(500);
  }
}

test("what is shown is the board of the moment it names, and dragging on asks only for the newest place", async () => {
  const reel = aReel(true);
  reel.seek(THEN);
  for (const step of [1000, 2000, 3000]) reel.seek(THEN + step);
  expect([asked.length, reel.scene.get().at]).toEqual([1, null]);
  answer.shift()!();
  await vi.advanceTimersByTimeAsync(0);
  expect(reel.scene.get().at).toBe(THEN);
  answer.shift()!();
  await vi.advanceTimersByTimeAsync(0);
  expect([asked.length, shown, reel.scene.get().at]).toEqual([2, [THEN, THEN + 3000], THEN + 3000]);
});

test("it runs at its speed, and stops at the present", async () => {
  const reel = aReel();
  reel.seek(THEN);
  reel.faster(600);
  reel.play();
  await pass(3000);
  expect(reel.scene.get().at).toBe(THEN + 3000 * 600);
  await pass(10_000);
  expect([reel.scene.get().at, reel.scene.get().playing]).toEqual([PRESENT, false]);
  reel.step(60_000);
  expect(reel.scene.get().wanted).toBe(PRESENT);
});

test("a board that takes long is waited for: nothing is skipped unseen", async () => {
  const reel = aReel(true);
  reel.seek(THEN);
  reel.play();
  await pass(5000);
  expect(asked).toHaveLength(1);
});

test("where no board comes it stops, says so, and can be asked again", async () => {
  let fails = true;
  const reel = new Reel(THEN, {
    snapshot: () => (fails ? Promise.reject(new Error("no answer")) : Promise.resolve(aSnapshot())),
    show: (_, when) => shown.push(when), present: () => PRESENT, tick: () => local,
  });
  reel.play();
  await pass(1000);
  expect([reel.scene.get().trouble, reel.scene.get().playing, reel.scene.get().at]).toEqual(["", false, null]);
  fails = false;
  reel.seek(reel.scene.get().wanted);
  await vi.advanceTimersByTimeAsync(0);
  expect([reel.scene.get().trouble, shown.length]).toEqual([null, 1]);
});
