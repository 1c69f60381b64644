/** What the wizard offers is what the server takes. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { SPECIALITIES } from "../src/setup/Specialities";
import { zoneInUse } from "../src/setup/zone";

test("the specialities to tick are those a hospital may be sought for", () => {
  const source = readFileSync("../domain/city.py", "utf8");
  const known = /SPECIALITIES = \(([^)]*)\)/.exec(source)![1]!.match(/"([a-z_]+)"/g)!.map((word) => word.slice(1, -1));
  expect([...SPECIALITIES].sort()).toEqual(known.sort());
});

test("a time zone is written down by the name in use", () => {
  expect(zoneInUse("Asia/Saigon")).toBe("Asia/Ho_Chi_Minh");
  expect(zoneInUse("Europe/Berlin")).toBe("Europe/Berlin");
});
