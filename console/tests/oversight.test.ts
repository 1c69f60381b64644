/** What the wall and the supervisor's page make of the server's answers. */
import { expect, test } from "vitest";

import { bounds } from "../src/oversight/periods";
import { normTiles } from "../src/wall/tiles";
import type { Figures } from "../src/wire/oversight";

const norm = { name: "n", interval: "call_to_scene", priorities: ["P1"], within_s: 540, share: 0.9, n: 10, late: 2, late_share: 0.2, mean_s: 400, kept: false, source: "" };

test("a tile shows the share in time against its target, or the mean, and nothing where nothing was measured", () => {
  const norms = [norm, { ...norm, share: null, kept: true }, { ...norm, n: 0, late_share: null, mean_s: null, kept: null }];
  const tiles = normTiles({ total: { norms } } as unknown as Figures, 3);
  expect(tiles.map(({ value, target, unit, kept }) => [value, target, unit, kept])).toEqual([
    [0.8, 0.9, "share", false], [400, 540, "seconds", true], [null, 0.9, "share", null]]);
});

test("periods go by shift days", () => {
  const began = "2026-11-22T23:30:00.000Z", now = "2026-11-23T10:00:00.000Z";
  expect(bounds("this", began, now)).toEqual({ from: began, to: now });
  expect(bounds("last", began, now)).toEqual({ from: "2026-11-21T23:30:00.000Z", to: began });
  expect(bounds("week", began, now)).toEqual({ from: "2026-11-16T23:30:00.000Z", to: now });
});
