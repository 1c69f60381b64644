/** Three notes for every alarm in red, whichever stands on top. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { toTell, useChime } from "../src/alarms/chime";
import type { Standing } from "../src/alarms/ranked";

let root: Root;
let chimes = 0;

class Card {
  currentTime = 0;
  state = "running";
  destination = {};
  constructor() { chimes += 1; }
  createOscillator = () => ({ frequency: {}, connect: (to: unknown) => to, start: () => undefined, stop: () => undefined });
  createGain = () => ({ gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined }, connect: (to: unknown) => to });
  close = async () => { this.state = "closed"; };
}

beforeEach(() => {
  chimes = 0;
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("AudioContext", Card);
  root = createRoot(document.createElement("div"));
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

const anAlarm = (key: string, part: Partial<Standing> = {}): Standing =>
  ({ key, rank: 2, level: "red", sounding: true, since: "2026-03-01T12:00:00Z", escalatedAt: null, ...part });

function Line({ now, supervises = false }: { now: Standing[]; supervises?: boolean }) {
  useChime(toTell(now, supervises));
  return null;
}

const show = (now: Standing[], supervises = false) => act(async () => root.render(<Line now={now} supervises={supervises} />));

test("a red alarm is heard also below another one, and each once", async () => {
  const first = anAlarm("hospital"), second = anAlarm("waits");
  await show([first]);
  await show([first]);
  expect(chimes).toBe(1);
  await show([first, second]);
  expect(chimes).toBe(2);
  await show([second]);
  await show([second, first]);
  expect(chimes).toBe(2);
});

test("those that come together are one sound; amber and what somebody has taken make none", async () => {
  await show([anAlarm("amber", { level: "amber" }), anAlarm("taken", { sounding: false })]);
  expect(chimes).toBe(0);
  await show([anAlarm("a"), anAlarm("b")]);
  expect(chimes).toBe(1);
});

test("a supervisor hears of what went up, and of a new one in red after it", async () => {
  const up = anAlarm("hospital", { escalatedAt: "2026-03-01T12:01:00Z" });
  await show([{ ...up, escalatedAt: null }], true);
  await show([up], true);
  expect(chimes).toBe(2);
  await show([up, anAlarm("waits")], true);
  expect(chimes).toBe(3);
});
