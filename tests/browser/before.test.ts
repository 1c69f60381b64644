/** What happened at a place before is seen while the call is taken. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

test("a knife at an address stands beside the form as soon as it has a position, and beside the new incident", async () => {
  const { id } = await town.incident("Đánh nhau");
  await town.ask("PUT", `/incidents/${id}/danger`, { danger: "chủ nhà cầm dao" });
  await town.ask("POST", `/incidents/${id}/notes`, { text: "chó dữ ở sân" });
  await town.ask("POST", `/incidents/${id}/close`, { reason: "xong" });
  const page = await openPage(url, "dispatcher");
  pages.push(page);
  const { lat, lon } = (await town.ask("GET", `/incidents/${id}`)).position;
  await page.fill("#where", `${lat}, ${lon}`);
  const known = page.locator(".intake .before");
  await known.waitFor();
  expect(await known.locator(".hot").allTextContents()).toContain("■ Danger: chủ nhà cầm dao");
  expect(await known.textContent()).toContain("“chó dữ ở sân”");
  expect(await known.locator("button, a, input").count(), "the Tab key goes on to the complaint").toBe(0);
  expect(await breaches(page)).toEqual([]);
  await town.incident("Ngất");
  await page.locator(".queue .line:not(.call-line)").first().click();
  await page.locator(".incident .before .hot").first().waitFor();
});
