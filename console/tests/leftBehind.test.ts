/** What an ended link left on a tablet: shown to whoever may decide about it, and to nobody else. */
import { expect, test } from "vitest";

import { before, by, left } from "../src/hospital/leftBehind";
import { openOrders, type WardOrder } from "../src/hospital/orders";
import type { Kept } from "../src/outbox/outbox";

const count = (id: string, name: string, hospital = "a", refused: string | null = null): Kept<WardOrder> => ({
  id, by: name, tapped: "2026-01-01T03:00:00Z", place: Number(id), urgent: false, refused,
  order: { kind: "beds", hospital, beds: { ED: { staffed: 10, occupied: 4, blocked: 0 } } },
});
const all = [
  count("3", "link:old"), count("1", "link:old"), count("2", "link:older"), count("4", "link:old", "b"), count("5", "nurse"),
  count("6", "link:old", "a", "Too late."), { ...count("7", "link:old"), order: { kind: "receive", hospital: "a" } as const },
];
const ids = (found: { id: string }[]) => found.map(({ id }) => id);

test("an ended link shows its own counts without an answer, the oldest first", () => {
  expect(ids(left(all, by("link:old")))).toEqual(["1", "3", "4"]);
});

test("a new link is offered what links of before counted in the same hospital, and nothing of an account", () => {
  expect(ids(left(all, before("link:new", "a")))).toEqual(["1", "2", "3"]);
  expect(ids(left(all, before("link:new", "c")))).toEqual([]);
  expect(ids(left(all, before("link:older", "a")))).toEqual(["1", "3"]);
});

test("carried to another link a count goes out once, under its own key and with the time of its tap", async () => {
  const sent: Kept<WardOrder>[] = [];
  let name: string | null = null; // an ended link sends nothing
  const orders = await openOrders(async (one) => { sent.push(one); }, () => name);
  await orders.shelf.put(count("1", "link:old"));
  orders.box.hurry();
  await new Promise((done) => setTimeout(done, 20));
  expect(sent).toEqual([]);
  name = "link:new";
  await orders.shelf.put({ ...(await orders.shelf.all())[0]!, by: name });
  orders.box.hurry();
  await expect.poll(() => sent).toEqual([count("1", "link:new")]);
  await expect.poll(() => orders.shelf.all()).toEqual([]);
});
