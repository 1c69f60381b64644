import { describe, expect, test } from "vitest";

import { Positions } from "../src/live/positions";
import { asShape, begin, enough, measure, withoutLast, withPoint, type Sketch } from "../src/map/drawing";
import { placesKey } from "../src/map/hospitalRoom";
import { Room } from "../src/map/labels";
import { style } from "../src/map/style";
import { hits } from "../src/map/marks";
import { left, metresOff } from "../src/map/polyline";
import { projection } from "../src/map/projection";
import { Ways, type Bound } from "../src/map/ways";
import { inkOf } from "../src/map/theme";
import type { IncidentRow, Point, RunRow } from "../src/wire/rows";
import { roomBeside } from "../src/map/overlay";
import type { UnitMark } from "../src/map/scene";

describe("a mark between two fixes", () => {
  const START = 1_000_000;

  function driving(speed: number | null, heading: number | null, ageOfFix = 1) {
    let now = 0;
    const positions = new Positions(() => now, () => START + ageOfFix);
    positions.hear([["C1", 10, 106, heading, speed, START]]);
    const metresNorth = (after_ms: number) => {
      now = after_ms;
      return (positions.place(positions.get("C1")!).lat - 10) * 111_195;
    };
    return metresNorth;
  }

  test("drives on by its speed and heading, and never further than it can have driven", () => {
    const north = driving(20, 0);
    expect(north(500)).toBeLessThanOrEqual(10.001);
    expect(north(2000)).toBeCloseTo(40, 3);
    expect(north(3000)).toBeCloseTo(60, 3);
    expect(north(60_000)).toBeCloseTo(60, 3); // silent: it stands and waits
  });

  test("stands where it was told when it stands, when its heading is not known, and when the fix is old", () => {
    expect(driving(1, 0)(2000)).toBe(0);
    expect(driving(20, null)(2000)).toBe(0);
    expect(driving(20, 0, 60)(2000)).toBe(0);
  });

  test("glides to the next fix without a leap", () => {
    let now = 0;
    const positions = new Positions(() => now, () => START);
    positions.hear([["C1", 10, 106, 0, 20, START]]);
    now = 1000;
    const before = positions.place(positions.get("C1")!);
    positions.hear([["C1", 10.0001, 106, 90, 20, START + 1]]);
    expect(positions.place(positions.get("C1")!)).toEqual(before);
  });
});

describe("places on the screen", () => {
  const view = { centre: { lat: 10.77, lon: 106.7 }, zoom: 14, width: 800, height: 600 };

  test("the middle of the map lies in the middle, the east on the right, the north above", () => {
    const project = projection(view);
    expect(project(view.centre)).toEqual({ x: 400, y: expect.closeTo(300, 6) as number });
    expect(project({ lat: 10.77, lon: 106.71 }).x).toBeGreaterThan(400);
    expect(project({ lat: 10.78, lon: 106.7 }).y).toBeLessThan(300);
  });

  test("a kilometre is as long as Mercator makes it there", () => {
    const { x } = projection(view)({ lat: 10.77, lon: 106.7 + 0.01 });
    expect(x - 400).toBeCloseTo((0.01 / 360) * 512 * 2 ** 14, 6);
  });
});

describe("names beside marks", () => {
  test("one that would cover another waits; one that must stand stands", () => {
    const room = new Room();
    expect(room.take({ x: 0, y: 0, width: 50, height: 12 })).toBe(true);
    expect(room.take({ x: 40, y: 6, width: 50, height: 12 })).toBe(false);
    expect(room.take({ x: 40, y: 6, width: 50, height: 12 }, true)).toBe(true);
    expect(room.take({ x: 60, y: 40, width: 50, height: 12 })).toBe(true);
  });

  test("none lies across the cross of a hospital", () => {
    const room = roomBeside([{ x: 100, y: 100, kind: "hospital", id: "a" }, { x: 300, y: 100, kind: "station", id: "b" }]);
    expect(room.take({ x: 80, y: 94, width: 30, height: 12 })).toBe(false);
    expect(room.take({ x: 110, y: 94, width: 30, height: 12 })).toBe(true); // its own code stands beside it
    expect(room.take({ x: 290, y: 94, width: 30, height: 12 })).toBe(true);
  });
});

test("a click on a yard full of units means any of them, the nearest first", () => {
  const marks = [12, 10, 300].map((x, index) => ({ x, y: 10, kind: "unit" as const, id: `C${index}` }));
  expect(hits(marks, 10, 10).map((mark) => mark.id)).toEqual(["C1", "C0"]);
});

describe("a stretch drawn by hand", () => {
  const at = (lat: number, lon: number): Point => ({ lat, lon });
  const drawn = (shape: Sketch["shape"], ...points: Point[]) => points.reduce(withPoint, begin(shape));

  test("a point is complete with one click; a line wants two different places, an area three", () => {
    expect(drawn("point", at(10, 106)).done).toBe(true);
    expect(enough(drawn("line", at(10, 106), at(10, 106)))).toBe(false);
    expect(enough(drawn("line", at(10, 106), at(10.1, 106)))).toBe(true);
    expect(enough(drawn("area", at(10, 106), at(10.1, 106)))).toBe(false);
    expect(enough(drawn("area", at(10, 106), at(10.1, 106), at(10.1, 106.1)))).toBe(true);
  });

  test("the last place can be taken back, and a line made an area keeps its places", () => {
    const line = drawn("line", at(10, 106), at(10.1, 106), at(10.1, 106.1));
    expect(withoutLast(line).points).toHaveLength(2);
    expect(asShape(line, "area").points).toHaveLength(3);
    expect(asShape(line, "point").points).toEqual([]);
  });

  test("what is drawn takes no more places", () => {
    const done = { ...drawn("line", at(10, 106), at(10.1, 106)), done: true };
    expect(withPoint(done, at(11, 107))).toBe(done);
  });

  test("its length and size are those of the ground", () => {
    const square = [at(0, 0), at(0, 0.01), at(0.01, 0.01), at(0.01, 0)];
    expect(measure("line", square)).toBeCloseTo(3 * 1111.95, 0);
    expect(measure("area", square) / 1e6).toBeCloseTo(1.2364, 3);
    expect(measure("area", [...square].reverse()) / 1e6).toBeCloseTo(measure("area", square) / 1e6, 5);
  });
});

test("what is left of a way begins at the unit and goes on after the nearest stretch", () => {
  const line = [{ lat: 10, lon: 106 }, { lat: 10, lon: 106.01 }, { lat: 10.01, lon: 106.01 }];
  const unit = { lat: 10.0001, lon: 106.005 };
  expect(left(line, unit)).toEqual([unit, line[1], line[2]]);
  expect(metresOff(line, unit)).toBeCloseTo(11.1, 1);
});

describe("ways of runs", () => {
  const ink = inkOf("dark");
  const scene = { lat: 10.01, lon: 106.01 };
  const run = { id: "r1", incident_id: "i1", callsign: "C1", hospital_id: null, milestones: { assigned: "2026-03-01T10:00:00Z" } } as unknown as RunRow;

  function ways(route: () => Promise<Point[]>) {
    let now = 0;
    const asked: string[] = [];
    const keeper = new Ways({
      route: (from) => { asked.push(`${from.lat},${from.lon}`); return route(); },
      track: () => Promise.resolve([{ lat: 10, lon: 106 }]),
    }, () => now);
    const unit = (lat: number): UnitMark => ({
      row: { id: "C1", callsign: "C1", status: "EN", kind: "van" }, place: { lat, lon: 106 }, stale: false,
      track: { lat, lon: 106, at: now / 1000 },
    }) as unknown as UnitMark;
    const look = async (lat: number, orders = 0, runs = [run], selected: string | null = "i1") => {
      now += 2_000;
      const shown = keeper.of({
        runs, units: new Map([["C1", unit(lat)]]), incident: () => ({ position: scene }) as IncidentRow, hospital: () => undefined,
        selected: { incident: selected, unit: null }, all: true, orders, ink,
      } satisfies Bound);
      await new Promise((done) => setTimeout(done));
      return shown;
    };
    return { look, asked };
  }

  const kinds = (shown: { kind: string }[]) => shown.map((way) => way.kind).sort();

  test("until the road is known a direction stands for it, then the road, and behind the unit what it drove", async () => {
    const { look, asked } = ways(() => Promise.resolve([{ lat: 10, lon: 106 }, { lat: 10.005, lon: 106 }, scene]));
    await look(10);
    await look(10);
    await look(10);
    expect(kinds(await look(10))).toEqual(["ahead", "driven"]);
    expect(asked).toHaveLength(1);
  });

  test("the road is asked for anew when the unit drives another way, and when the roads change by order", async () => {
    const { look, asked } = ways(() => Promise.resolve([{ lat: 10, lon: 106 }, { lat: 10.005, lon: 106 }, scene]));
    for (let turn = 0; turn < 3; turn += 1) await look(10);
    for (let turn = 0; turn < 6; turn += 1) await look(9.99);
    expect(asked).toEqual(["10,106", "9.99,106"]); // and not at every look while it stays off the line
    await look(9.99, 1);
    expect(asked).toHaveLength(3);
  });

  test("where there is no road the direction stays, and the question is not asked time and again", async () => {
    const { look, asked } = ways(() => Promise.reject(new Error("no way")));
    for (let turn = 0; turn < 5; turn += 1) await look(10);
    expect(kinds(await look(10))).toContain("direction");
    expect(asked).toHaveLength(1);
  });

  test("a run that is over is bound nowhere, and shown only with its incident", async () => {
    const { look, asked } = ways(() => Promise.resolve([]));
    const over = { ...run, milestones: { ...run.milestones, clear: "2026-03-01T11:00:00Z" } };
    expect(await look(10, 0, [over], null)).toEqual([]);
    await look(10, 0, [over]);
    expect(kinds(await look(10, 0, [over]))).toEqual(["driven"]);
    expect(asked).toEqual([]);
  });
});

describe("the names of the base map", () => {
  const at = (lat: number, lon: number) => ({ position: { lat, lon } });

  test("give way to the hospitals, whose room is claimed before any of them", () => {
    const whole = style("dark", "http://here/basemap.pmtiles", [at(10.7, 106.6), at(10.8, 106.7)]);
    const room = whole.layers.at(-1)!;
    expect(room.type === "symbol" && room.layout!["icon-allow-overlap"]).toBe(true);
    const source = whole.sources["source" in room ? room.source : ""]!;
    expect(source.type === "geojson" && (source.data as { features: { geometry: { coordinates: number[] } }[] }).features
      .map((one) => one.geometry.coordinates)).toEqual([[106.6, 10.7], [106.7, 10.8]]);
  });

  test("are laid out anew when a hospital stands elsewhere, and not when it counts its beds", () => {
    expect(placesKey([at(1, 2), at(3, 4)])).toBe(placesKey([at(3, 4), at(1, 2)]));
    expect(placesKey([at(1, 2)])).not.toBe(placesKey([at(1, 2.1)]));
  });
});
