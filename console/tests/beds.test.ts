/** What a ward's tablet sends of its beds, and what it says of those that moved by another hand. */
import { expect, test } from "vitest";

import { confirmation, report } from "../src/hospital/beds";
import { look, MARKED_MS, settle, tooFresh, type Watched } from "../src/hospital/moves";
import { key } from "../src/setup/wire";
import { behindHash } from "../src/wire/fragment";
import { aBed } from "./samples";

const beds = { ED: aBed({ staffed: 30, occupied: 20, blocked: 2 }), ICU: aBed({ staffed: 10, occupied: 9, blocked: 0 }), Burn: aBed({ assumed: true, reported_at: null }) };

test("a save tells only the kinds that were counted, each with what it was counted over", () => {
  expect(report(beds, { ED: { staffed: 30, empty: 7 } })).toEqual({
    ED: { staffed: 30, occupied: 21, blocked: 2, read: { staffed: 30, occupied: 20, blocked: 2, reported_at: beds.ED.reported_at } },
  });
});

test("a confirmation tells what stands on the screen, and nothing of a kind that nobody has counted", () => {
  const told = confirmation(beds);
  expect(Object.keys(told)).toEqual(["ED", "ICU"]);
  expect(told.ICU).toEqual({ staffed: 10, occupied: 9, blocked: 0, read: { staffed: 10, occupied: 9, blocked: 0, reported_at: beds.ICU.reported_at } });
});

test("a kind that moves by another hand is marked with what stood there first, until somebody here has said how it stands", () => {
  const opened: Watched = { settled: beds, moves: {} };
  expect(look(opened, { ...beds }, 1_000)).toBe(opened);
  const icu = aBed({ staffed: 10, occupied: 4, blocked: 0, reported_at: "2026-03-01T12:05:00+00:00" });
  const once = look(opened, { ...beds, ICU: icu }, 1_000);
  const twice = look(once, { ...beds, ICU: { ...icu, occupied: 5 } }, 9_000);
  expect([Object.keys(twice.moves), twice.settled.ICU!.occupied]).toEqual([["ICU"], 9]);
  expect([tooFresh(twice, 10_000), tooFresh(twice, 20_000)]).toEqual([true, false]);
  expect(look(twice, beds, 12_000).moves).toEqual({}); // it moved back
  const said = settle(twice, { ICU: { ...icu, occupied: 5 } });
  expect(look(said, { ...beds, ICU: { ...icu, occupied: 5 } }, 13_000).moves).toEqual({});
  const later = look(twice, { ...beds, ICU: { ...icu, occupied: 6 } }, 9_001 + MARKED_MS);
  expect(later.settled.ICU!.occupied).toBe(5); // a mark that ran out is what stood there
});

test("a secret that cannot be read, or that no header could carry, is none", () => {
  expect(["#%zz", "#abc-9_%20", "", "#m%C3%A3", "#a%0Ab"].map(behindHash)).toEqual(["", "abc-9_", "", "", ""]);
});

test("a broken key of the first run throws nothing, and does not stay in the address", () => {
  location.hash = "#%zz";
  expect([key(), location.hash]).toEqual(["", ""]);
  location.hash = "#k3y";
  expect([key(), location.hash, key()]).toEqual(["k3y", "", "k3y"]);
});
