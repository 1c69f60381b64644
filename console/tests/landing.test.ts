/** Where somebody is taken after the front door, and where they stay. */
import { expect, test } from "vitest";

import { goHome, home, JUST_SIGNED_IN, onward } from "../src/gate/landing";

test.each([
  ["dispatcher", "/"], ["clinician", "/"], ["supervisor", "/supervisor"], ["planner", "/planner"],
  ["admin", "/admin"], ["crew", "/crew"], ["hospital", "/hospital"],
])("whoever signs in at the front door as %s works at %s", (role, page) => {
  expect(home(role)).toBe(page);
  expect(onward(role, "/")).toBe(page === "/" ? null : page);
});

test.each(["/wall", "/past", "/supervisor", "/hospital"])("whoever signs in at %s stays there", (page) => {
  for (const role of ["dispatcher", "supervisor", "admin", "crew"]) expect(onward(role, page)).toBeNull();
});

test("a role that nobody knows stays at the door", () => {
  expect(onward("king", "/")).toBeNull();
});

test("the mark of somebody who comes back from another sign-in is taken off the address", () => {
  history.replaceState(null, "", `/${JUST_SIGNED_IN}`);
  goHome("dispatcher");
  expect(location.pathname + location.search).toBe("/");
});
