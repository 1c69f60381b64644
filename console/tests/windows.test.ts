/** Windows of one user speak with one another, and with nobody else. */
import { afterEach, expect, test } from "vitest";

import { goTo, picking, selectIncident, selection } from "../src/shell/selection";
import { joinWindows, thisWindow } from "../src/shell/windows";

const HERE = { incident: null, unit: null, hospital: null };
const other = (user = "an") => new BroadcastChannel(`vigil.windows.${user}`);
const open: (() => void)[] = [];
const join = (user = "an") => { open.push(joinWindows(user)); };
const heard = (channel: BroadcastChannel) => {
  const all: unknown[] = [];
  channel.onmessage = ({ data }) => { all.push(data); };
  open.push(() => channel.close());
  return all;
};
const soon = () => new Promise((done) => setTimeout(done, 30));

afterEach(() => {
  open.splice(0).forEach((end) => end());
  selection.set(HERE);
  picking.set(null);
  goTo.set(null);
});

test("a choice made here is told, one that was heard is taken and not told again", async () => {
  join();
  const there = other();
  const told = heard(there);
  selectIncident("i1");
  await soon();
  expect(told).toEqual([{ tell: "selection", selection: { ...HERE, incident: "i1" } }]);
  there.postMessage({ tell: "selection", selection: { ...HERE, unit: "C4" } });
  await soon();
  expect(selection.get()).toEqual({ ...HERE, unit: "C4" });
  expect(told.length).toBe(1);
});

test("a place wanted at the desk is pressed on the map of another window", async () => {
  join();
  const there = other();
  const told = heard(there);
  const taken: unknown[] = [];
  picking.set({ say: "map.pick", take: (point) => taken.push(point) });
  await soon();
  expect(told).toEqual([{ tell: "pick", say: "map.pick" }]);
  there.postMessage({ tell: "picked", point: { lat: 10.1, lon: 106.2 } });
  await soon();
  expect([taken, picking.get()]).toEqual([[{ lat: 10.1, lon: 106.2 }], null]);
  there.postMessage({ tell: "picked", point: { lat: 1, lon: 1 } }); // nothing is wanted any more
  await soon();
  expect(taken.length).toBe(1);
});

test("a place wanted in another window can be pressed here, until it is no longer wanted", async () => {
  join();
  const there = other();
  const told = heard(there);
  there.postMessage({ tell: "pick", say: "map.pick" });
  await soon();
  picking.get()!.take({ lat: 10, lon: 106 });
  await soon();
  expect(told).toEqual([{ tell: "picked", point: { lat: 10, lon: 106 } }]);
  there.postMessage({ tell: "pick", say: null });
  await soon();
  expect(picking.get()).toBeNull();
});

test("another user's windows hear nothing", async () => {
  join("an");
  const told = heard(other("binh"));
  selectIncident("i1");
  await soon();
  expect(told).toEqual([]);
});

test("only the windows there are are windows", () => {
  const at = (search: string) => { history.replaceState(null, "", `/${search}`); return thisWindow(); };
  expect([at("?window=map"), at("?window=units"), at("?window=wall"), at("")]).toEqual(["map", "units", null, null]);
});
