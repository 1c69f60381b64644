import { expect, test } from "vitest";

import { Closing, storedNote, type Choice } from "../src/map/closing";
import { map as en } from "../src/text/map.en";
import { map as vi } from "../src/text/map.vi";

const PLACE = { lat: 10.77, lon: 106.7 };
const CHOICE: Choice = {
  kind: "closure", shape: "point", points: [PLACE], reason: "ngập", reach_m: 15, hours: 0.5, profile: null, share: 0.5,
};

function closing() {
  let ids = 0;
  let now = Date.UTC(2026, 2, 2, 5);
  return new Closing(() => `id-${++ids}`, () => (now += 1000));
}

test("the same closure sent again after a lost answer is the same order, its end included", () => {
  const form = closing();
  const first = form.order(CHOICE);
  expect(form.order({ ...CHOICE, points: [{ ...PLACE }] })).toEqual(first);
  expect(first.until).toBe("2026-03-02T05:30:01.000Z");
});

test("another place is another closure, whatever became of the first", () => {
  const form = closing();
  const first = form.order(CHOICE);
  const other = form.order({ ...CHOICE, points: [{ lat: 10.78, lon: 106.7 }] });
  expect(other.id).not.toBe(first.id);
  expect(other.stretch.points).toEqual([[10.78, 106.7]]);
});

test("after it was given up or stored, the same words at the same place are a new closure", () => {
  const form = closing();
  const first = form.order(CHOICE);
  form.over();
  expect(form.order(CHOICE).id).not.toBe(first.id);
});

test("a closure until it is lifted has no end", () => {
  expect(closing().order({ ...CHOICE, hours: null }).until).toBeNull();
});

test("a closure says for whom and nothing of speed; what is slow says how slow and is so for everybody", () => {
  expect(closing().order(CHOICE)).toMatchObject({ kind: "closure", profiles: [] });
  expect(closing().order({ ...CHOICE, profile: "motorbike" })).toMatchObject({ profiles: ["motorbike"] });
  const slow = closing().order({ ...CHOICE, kind: "slowing", share: 0.25, shape: "area", points: [PLACE, PLACE, PLACE] });
  expect(slow).toMatchObject({ kind: "slowing", share: 0.25, stretch: { kind: "area" } });
  expect(slow).not.toHaveProperty("profiles");
});

test("what is stored and not yet in the road times is said calmly; what is in use needs no word", () => {
  expect(storedNote({ in_use: true })).toBeNull();
  const note = storedNote({ in_use: false }) as "roads.not_in_use";
  expect(vi[note]).toBe("Đã lưu, chưa áp dụng vào thời gian đường.");
  expect(en[note]).toBe("Stored, not yet in the road times.");
});
