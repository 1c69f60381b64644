import { expect, test } from "vitest";

import { OneOrder } from "../src/recommend/oneOrder";
import { Refusal, Unreachable } from "../src/wire/send";

function orders() {
  const heard: { id: number; what: string }[] = [];
  let ids = 0;
  const one = new OneOrder<{ id: number; what: string }>();
  const press = (what: string, fails?: Error) => one.give(what, () => ({ id: (ids += 1), what }), async (order) => {
    heard.push(order);
    if (fails) throw fails;
  }).catch(() => undefined);
  return { heard, press };
}

test("pressed again while its answer is unknown, the order goes out unchanged under its own ids", async () => {
  const { heard, press } = orders();
  await press("C1, C2", new Unreachable("no answer"));
  await press("C1, C2", new Refusal(503, "not now"));
  await press("C1, C2");
  expect(heard.map(({ id }) => id)).toEqual([1, 1, 1]);
  await press("C1, C2");
  expect(heard.at(-1)!.id).toBe(2);
});

test("what stands on the record, and what was lost minutes ago, is another order when it is said again", async () => {
  const record = new Set<number>();
  let [ids, now] = [0, 0];
  const one = new OneOrder<number>((id) => record.has(id), () => now);
  const heard: number[] = [];
  const press = (error?: Error) => one.give("C1", () => (ids += 1), async (id) => { heard.push(id); if (error) throw error; }).catch(() => undefined);
  await press(new Unreachable("no answer"));
  record.add(1);
  await press(new Unreachable("no answer"));
  now += 60_000;
  await press(new Unreachable("no answer"));
  now += 10 * 60_000;
  await press();
  expect(heard).toEqual([1, 2, 2, 3]);
});

test("another content, and whatever comes after a refusal, is a new order", async () => {
  const { heard, press } = orders();
  await press("C1 to A", new Unreachable("no answer"));
  await press("C1 to B", new Refusal(409, "no bed"));
  await press("C1 to B");
  expect(heard).toEqual([{ id: 1, what: "C1 to A" }, { id: 2, what: "C1 to B" }, { id: 3, what: "C1 to B" }]);
});
