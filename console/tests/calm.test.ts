import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { calmly } from "../src/store/calm";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("one change is heard at once; a flood is heard four times a second, and its end is never missed", () => {
  let changed = () => {};
  let state = 0;
  const heard: [number, number][] = [];
  const began = Date.now();
  const leave = calmly(250, () => heard.push([Date.now() - began, state]), (listener) => {
    changed = listener;
    return () => {};
  });
  for (state = 1; state <= 50; state += 1) {
    changed();
    vi.advanceTimersByTime(20);
  }
  state = 51;
  changed();
  vi.advanceTimersByTime(1_000);
  expect(heard[0]).toEqual([0, 1]);
  expect(heard.length).toBeLessThanOrEqual(6);
  expect(heard.at(-1)![1]).toBe(51);
  heard.length = 0;
  changed(); // after quiet, at once again
  expect(heard).toHaveLength(1);
  leave();
  changed();
  vi.advanceTimersByTime(1_000);
  expect(heard).toHaveLength(1);
});
