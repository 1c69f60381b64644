import { expect, test } from "vitest";

import { waitingCounts, withCounts } from "../src/hospital/waitingBeds";
import type { WardOrder } from "../src/hospital/orders";
import type { Held, Kept } from "../src/outbox/outbox";
import { openByHours, STRETCH } from "../src/hospital/services";
import type { BedRow } from "../src/wire/rows";

const bed = (occupied: number, reported_at: string | null): BedRow =>
  ({ staffed: 10, occupied, blocked: 0, held: 0, free: 10 - occupied, reported_at, reported_by: null, assumed: false, physical: null });
const count = (id: string, place: number, occupied: number, hospital = "a"): Kept<WardOrder> => ({
  id, by: "nurse", tapped: `2026-01-01T03:00:0${place}Z`, place, urgent: false, refused: null,
  order: { kind: "beds", hospital, beds: { ED: { staffed: 10, occupied, blocked: 0 } } },
});
const held = (...waiting: Kept<WardOrder>[]): Held<WardOrder> => ({ waiting, refused: [], answered: [], delivered: 0 });

test("a ward sees its counts in the order of their taps, the newest of each kind above, and not another hospital's", () => {
  const icu = { ...count("4", 4, 2), order: { kind: "beds", hospital: "a", beds: { ICU: { staffed: 10, occupied: 2, blocked: 0 } } } } as const;
  const counts = waitingCounts(held(count("2", 2, 6), count("1", 1, 4), count("3", 3, 9, "b"), icu), "a");
  expect(counts.map((one) => one.id)).toEqual(["1", "2", "4"]);
  const shown = withCounts({ ED: { ...bed(1, null), assumed: true }, ICU: bed(5, null) }, counts);
  expect(shown.ED).toMatchObject({ occupied: 6, assumed: false, reported_at: "2026-01-01T03:00:02Z" });
  expect(shown.ICU!.occupied).toBe(2);
});

test("what the server knows of later than the tap shows through", () => {
  const ours = waitingCounts(held(count("1", 1, 4)), "a");
  expect(withCounts({ ED: bed(8, "2026-01-01T03:00:02Z") }, ours).ED!.occupied).toBe(8);
  expect(withCounts({ ED: bed(8, "2026-01-01T02:59:59Z") }, ours).ED!.occupied).toBe(4);
});

test("hours are read as the server reads them, past midnight too", () => {
  expect([openByHours(["07:00-17:00"], 420), openByHours(["07:00-17:00"], 1020), openByHours(["22:00-06:00"], 30)]).toEqual([true, false, true]);
  expect(["07:00-24:00", "7:00-17:00", "07:00-24:30", "07:00"].map((text) => STRETCH.test(text))).toEqual([true, false, false, false]);
});
