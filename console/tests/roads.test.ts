import { beforeEach, expect, test } from "vitest";

import { Roads } from "../src/live/roads";

let roads: Roads;
const frame = (traffic_version: string, cause: "order" | "time" | "now" = "order") =>
  ({ type: "traffic", seq: 1, traffic_version, cause }) as const;

beforeEach(() => {
  roads = new Roads();
});

test("the first version only says how things stand", () => {
  roads.hear(frame("free_flow", "now"));
  expect(roads.now.get()).toEqual({ version: "free_flow", renewals: 0, orders: 0 });
});

test("a closure is a renewal that somebody ordered; a speed that fades is only a renewal", () => {
  roads.hear(frame("free_flow", "now"));
  roads.hear(frame("t1"));
  expect(roads.now.get()).toEqual({ version: "t1", renewals: 1, orders: 1 });
  roads.hear(frame("t1@60", "time"));
  expect(roads.now.get()).toEqual({ version: "t1@60", renewals: 2, orders: 1 });
});

test("the same version told twice is no news", () => {
  roads.hear(frame("t1", "now"));
  roads.hear(frame("t1"));
  expect(roads.now.get().renewals).toBe(0);
});

test("what was missed behind a cut line counts when the line is back", () => {
  roads.hear(frame("t1", "now"));
  roads.hear(frame("t4", "now"));
  expect(roads.now.get()).toEqual({ version: "t4", renewals: 1, orders: 1 });
});
