// @vitest-environment node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

test("the wire types are what the API description says (npm run wire makes them anew)", async () => {
  const fresh = astToString(await openapiTS(JSON.parse(read("../openapi.json"))));
  expect(read("../src/wire/schema.d.ts")).toContain(fresh.trim());
}, 60_000); // a large description, perhaps beside other work
