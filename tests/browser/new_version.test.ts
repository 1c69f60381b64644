/** A page that stays open over a new build: it says so, loses nothing, and says so too where a part of it is gone. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { old } from "./old_build";
import { ourUrl } from "./ours";

const url = ourUrl();
const LINE = ".new-version";

beforeAll(openBrowser);
afterEach(expectNoFaults);
afterAll(closeBrowser);

test("a desk of the build before says so, keeps what is typed, and is the new one after a press", async () => {
  const page = await openPage(url, "dispatcher");
  expect(await page.textContent(LINE)).toBe("");
  await old(page, url + "/?nomap=1");
  await page.waitForSelector(`${LINE}:has-text("New version")`);
  const [desk, line] = [await page.locator(".desk").boundingBox(), await page.locator(LINE).boundingBox()];
  expect(desk!.y).toBe(line!.height); // nothing lies under it
  expect(desk!.y + desk!.height).toBeLessThanOrEqual(768);
  await page.fill("#phone", "0903 777 888");
  await page.fill("#command", "NT nước ngập");
  expect(await page.locator(LINE).count()).toBe(1);
  await page.click(`${LINE} button:has-text("Reload")`); // both come back, so nothing is asked
  await page.waitForSelector(".lamp.live");
  await page.waitForFunction(() => document.querySelector(".new-version")?.textContent === "");
  expect(await page.inputValue("#phone")).toBe("0903 777 888");
  expect(await page.inputValue("#command")).toBe("NT nước ngập");
  await page.context().close();
});

test("what a reload would take away is asked for first", async () => {
  const page = await openPage(url, "hospital", { path: "/hospital", ready: ".bed-card" });
  await old(page, url + "/hospital");
  await page.waitForSelector(`${LINE}:has-text("New version")`);
  await page.waitForSelector(".bed-card .stepper");
  await page.locator(".bed-card .stepper").first().click();
  await page.click(`${LINE} button:has-text("Reload")`);
  await page.waitForSelector(`${LINE}:has-text("would be lost")`);
  expect(await page.isEnabled(".bed-buttons .primary")).toBe(true); // the count is still there
  await page.click(`${LINE} button:has-text("Later")`);
  await page.waitForSelector(`${LINE}:has-text("New version")`);
  await page.context().close();
});

test("a page without a line learns it when a part of its build is gone", async () => {
  const page = await openPage(url, "supervisor", { path: "/healthz", ready: null });
  await old(page, url + "/past");
  let gone = 0;
  await page.route("**/assets/*.js", (route) => { // what it fetches later was taken away with its build
    gone += 1;
    return route.fulfill({ status: 404 });
  });
  await page.waitForSelector(`${LINE}:has-text("New version")`);
  expect(gone).toBeGreaterThan(0);
  await page.context().close();
});
