import { beforeEach, describe, expect, test, vi } from "vitest";

import { Store } from "../src/store/store";
import type { Snapshot } from "../src/wire/rows";
import { anIncident, aSnapshot, aUnit } from "./samples";

let store: Store;

beforeEach(() => {
  store = new Store((work) => work());
  store.load(aSnapshot({ seq: 10, units: [aUnit("C1", { seq: 10 })] }));
});

describe("events", () => {
  test("the next event moves the position by one", () => {
    expect(store.event(11, 10)).toBe("taken");
    expect(store.seq).toBe(11);
  });

  test("an event told twice changes nothing", () => {
    store.event(11, 10);
    expect(store.event(11, 10)).toBe("old");
    expect(store.event(3, 2)).toBe("old");
    expect(store.seq).toBe(11);
  });

  test("a missing event is lost and the position stays, so that a resync starts from truth", () => {
    expect(store.event(12, 11)).toBe("lost");
    expect(store.seq).toBe(10);
  });

  test("a hole in the numbers is no loss: a save that failed left it, and the event says what stood before", () => {
    expect(store.event(14, 10)).toBe("taken");
    expect(store.event(15, 14)).toBe("taken");
    expect(store.seq).toBe(15);
  });

  test("after a snapshot that is newer than the event before, nothing is missing", () => {
    expect(store.event(12, 8)).toBe("taken");
  });
});

describe("rows", () => {
  test("a newer row replaces the one held", () => {
    store.event(11, 10);
    store.change({ type: "rows", seq: 11, rows: { units: [aUnit("C1", { seq: 11, status: "EN" })] } });
    expect(store.one("units", "C1")?.status).toBe("EN");
  });

  test("an older row that comes late is dropped", () => {
    store.event(11, 10);
    store.event(12, 11);
    store.change({ type: "rows", seq: 12, rows: { units: [aUnit("C1", { seq: 12, status: "SC" })] } });
    store.change({ type: "rows", seq: 11, rows: { units: [aUnit("C1", { seq: 11, status: "EN" })] } });
    expect(store.one("units", "C1")?.status).toBe("SC");
  });

  test("the list keeps its identity until one of its rows changes", () => {
    const before = store.all("units");
    store.change({ type: "rows", seq: 10, rows: { incidents: [anIncident(1, { seq: 10 })] } });
    expect(store.all("units")).toBe(before);
    store.change({ type: "rows", seq: 10, rows: { units: [aUnit("C2", { seq: 10 })] } });
    expect(store.all("units")).not.toBe(before);
    expect(store.all("units").map((unit) => unit.id)).toEqual(["C1", "C2"]);
  });

  test("rows that change nothing tell nobody", () => {
    const told = vi.fn();
    store.subscribe("units", told);
    store.change({ type: "rows", seq: 9, rows: { units: [aUnit("C1", { seq: 9 })] } });
    expect(told).not.toHaveBeenCalled();
  });

  test("a burst of changes is told once", () => {
    const jobs: (() => void)[] = [];
    const lazy = new Store((work) => jobs.push(work));
    const told = vi.fn();
    lazy.subscribe("units", told);
    for (let seq = 1; seq <= 50; seq += 1) {
      lazy.event(seq, seq - 1);
      lazy.change({ type: "rows", seq, rows: { units: [aUnit("C1", { seq })] } });
    }
    jobs.forEach((job) => job());
    expect(told).toHaveBeenCalledTimes(1);
  });
});

describe("where a reconnect resumes", () => {
  test("an event whose rows never came is asked for again", () => {
    store.event(11, 10);
    expect(store.settled).toBe(10);
  });

  test("rows settle the events before them", () => {
    store.event(11, 10);
    store.change({ type: "rows", seq: 11, rows: {} });
    expect(store.settled).toBe(11);
  });

  test("a heartbeat at our position settles it, one ahead of us says that something is missing", () => {
    store.event(11, 10);
    expect(store.heartbeat(11)).toBe(true);
    expect(store.settled).toBe(11);
    expect(store.heartbeat(12)).toBe(false);
  });
});

test("an account that gets rows alone follows their position without calling it a hole", () => {
  store.eventful = false;
  store.change({ type: "rows", seq: 40, rows: {} });
  expect(store.heartbeat(44)).toBe(true);
  expect([store.seq, store.settled]).toEqual([44, 44]);
});

test("a snapshot forgets rows that are gone", () => {
  store.load(aSnapshot({ seq: 20, epoch: "other" }) satisfies Snapshot);
  expect(store.all("units")).toEqual([]);
  expect([store.seq, store.epoch]).toEqual([20, "other"]);
});
