/** The board by area: gaps show, orders hold, nobody is counted twice. */
import { expect, test } from "vitest";

import { inOrder, linesOf, namesOf, type AreasNow } from "../src/boards/areas";
import type { IncidentRow, UnitRow } from "../src/wire/rows";

const unit = (id: string, status: string) => ({ id, callsign: id, status }) as UnitRow;
const waits = (id: string, number: number) => ({ id, number, status: "waiting" }) as IncidentRow;
const at = (id: string, ward: string | null) => ({ id, ward, district: null, station: "Trạm 1" });
const now = {
  wards: ["Phường 2", "Phường 10", "Bến Nghé"], districts: [], stations: ["Trạm 1"], map_version: "m",
  units: [at("C1", "Phường 2"), at("C2", "Phường 2"), at("C3", "Phường 10"), at("C4", null), at("C5", "Bến Nghé")],
  incidents: [at("i1", "Phường 10")],
} as AreasNow;
const fleet = [unit("C1", "AV"), unit("C2", "EN"), unit("C3", "TR"), unit("C4", "AV"), unit("C5", "NS")];

test("every area has its line, also where nobody is; who is off duty is nowhere", () => {
  const lines = inOrder(linesOf(now, "ward", fleet, [waits("i1", 7)]), "name");
  expect(lines.map((line) => [line.name, line.free.length, line.busy.length, line.waiting.length])).toEqual([
    ["Bến Nghé", 0, 0, 0], ["Phường 2", 1, 1, 0], ["Phường 10", 0, 1, 1], [null, 1, 0, 0],
  ]);
});

test("gaps come first when they are asked for, those with somebody waiting before the others", () => {
  const lines = linesOf(now, "ward", fleet, [waits("i1", 7)]);
  expect(inOrder(lines, "fewest").map((line) => line.name)).toEqual(["Phường 10", "Bến Nghé", "Phường 2", null]);
  expect(inOrder(lines, "waiting").map((line) => line.name)).toEqual(["Phường 10", "Bến Nghé", "Phường 2", null]);
});

test("a unit the server has not placed yet is shown outside all areas, not lost", () => {
  const lines = linesOf(now, "ward", [...fleet, unit("C9", "AV")], []);
  expect(lines.find((line) => line.name === null)!.free.map((one) => one.callsign)).toEqual(["C4", "C9"]);
});

test("where the map has no wards the neighbourhoods of the stations are left", () => {
  expect(namesOf({ ...now, wards: [] }, "ward")).toEqual([]);
  expect(linesOf(now, "station", fleet, []).map((line) => [line.name, line.free.length])).toEqual([["Trạm 1", 2]]);
});
