/** A ward without a line: what it counts is kept with its time, sent by itself later, and told where it comes too late. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";
import { wardTablet } from "./ward_tablet";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];
const KIND = "EmergencyDepartment";

const ward = () => wardTablet(url, pages);

/** The page's files are kept before the line is cut. */
async function keptFiles(page: Page): Promise<void> {
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
}

const shown = (page: Page) => page.locator(".bed-count").first().evaluate((node) => Number(node.firstChild?.textContent));
const row = async () => (await town.ask("GET", `/hospitals/${hospital}`)) as { beds: Record<string, { staffed: number; occupied: number; blocked: number; reported_at: string; reported_by: string }>; diversion: { reason: string; since: string } | null };
let hospital = "";

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  hospital = (await (await Town.open(url, "hospital")).ask("GET", "/hospitals"))[0].id;
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(closeBrowser);

test("what is counted without a line is kept over a restart of the page and sent later with the time of the tap", async () => {
  const page = await ward();
  await keptFiles(page);
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut");
  const before = await shown(page);
  await page.locator(".bed-card .stepper").first().click();
  const tapped = Date.now();
  await page.click(".bed-buttons .primary");
  await page.waitForSelector('.waiting-line:has-text("1 report not sent yet")');
  expect(await shown(page)).toBe(before - 1);
  expect(await page.locator(".report-age").textContent()).toMatch(/not sent yet/);

  // The tablet is switched off and on: the page opens without a line, and still knows what was said.
  await page.reload();
  await page.waitForSelector('.ward-old:has-text("No line")');
  await page.waitForSelector('.waiting-line:has-text("1 report not sent yet")');
  expect(await shown(page)).toBe(before - 1);
  const was = (await row()).beds[KIND]!;

  await page.context().setOffline(false);
  await page.waitForSelector(".waiting-line", { state: "detached", timeout: 30_000 });
  const now = (await row()).beds[KIND]!;
  expect(now.occupied).toBe(was.occupied + 1);
  expect(now.reported_by).toBe("hospital");
  expect(Math.abs(Date.parse(now.reported_at) - tapped)).toBeLessThan(1_500);
  await page.waitForSelector(".lamp.live");
  expect(await shown(page)).toBe(before - 1);
  await page.waitForSelector(".ward-old", { state: "detached" });
});

test("three reports wait in the order of their taps, and a diversion with them", async () => {
  const page = await ward();
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut");
  for (let count = 0; count < 2; count += 1) {
    await page.locator(".bed-card .stepper").nth(1).click();
    await page.click(".bed-buttons .primary");
  }
  await page.click('button:has-text("Divert…")');
  await page.click('.reasons .segment:has-text("Too few staff")');
  await page.locator(".diversion .hours .segment").nth(2).click();
  await page.click('button:has-text("Start diversion")');
  await page.waitForSelector('.waiting-line:has-text("3 reports not sent yet")');
  await page.waitForSelector(".diversion.unsent");
  const last = await shown(page);
  const out: string[] = [];
  page.on("request", (request) => { if (request.method() === "PUT") out.push(new URL(request.url()).pathname.split("/").at(-1)!); });
  await page.context().setOffline(false);
  await page.waitForSelector('.diversion.on:has-text("Too few staff")', { timeout: 30_000 });
  expect(out).toEqual(["beds", "beds", "diversion"]);
  const { beds } = await row();
  expect(beds[KIND]!.staffed - beds[KIND]!.occupied - beds[KIND]!.blocked).toBe(last);
  await page.click('button:has-text("Receive again now")');
  await page.waitForSelector(".diversion.off");
});

test("a count that was overtaken while the line was cut is told so, with its numbers, and changes nothing", async () => {
  const page = await ward();
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut");
  await page.locator(".bed-card .stepper").first().click();
  await page.click(".bed-buttons .primary");
  await page.waitForSelector(".waiting-line");
  const { beds } = await row();
  const { staffed, occupied, blocked } = beds[KIND]!;
  await town.ask("PUT", `/hospitals/${hospital}/beds`, { beds: { [KIND]: { staffed, occupied: occupied + 4, blocked } } });
  await page.context().setOffline(false);
  const told = page.locator(".refused-line");
  await told.waitFor({ timeout: 30_000 });
  expect(await told.textContent()).toMatch(/was not taken.*Emergency \d+ empty of \d+.*somebody else counted, or a patient came: emergency/);
  expect((await row()).beds[KIND]!.occupied).toBe(occupied + 4);
  expect(await shown(page)).toBe(staffed - blocked - occupied - 4);
  await told.locator("button").click();
  await told.waitFor({ state: "detached" });
});

test("nobody signs out while something waits, and an answer that others wait for is never kept for later", async () => {
  await town.quiet();
  const page = await ward();
  const [callsign] = await town.crewUp(1);
  const { id } = await town.incident("chest pain");
  const run_id = crypto.randomUUID();
  await town.ask("POST", `/incidents/${id}/runs`, { run_id, unit_id: callsign, hospital_id: hospital, bed_kind: KIND });
  await town.ask("POST", `/runs/${run_id}/milestones`, { milestone: "en_route", at: new Date().toISOString() });
  await page.waitForSelector('.asked-bar:has-text("1 ambulance waits for your answer")', { timeout: 20_000 });
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut");
  expect(await page.locator(".answer-hospital button.primary").isDisabled()).toBe(true);
  await page.waitForSelector('.answer-hospital:has-text("telephone the dispatch centre")');
  await page.click('.bed-buttons button:has-text("Unchanged")');
  await page.waitForSelector(".waiting-line");
  await page.click('button:has-text("Sign out")');
  await page.waitForSelector('.ward-head .notice:has-text("not sent yet")');
  await page.context().setOffline(false);
  await page.waitForSelector(".waiting-line", { state: "detached", timeout: 30_000 });
  await page.click('.answer-hospital button:has-text("Elsewhere…")');
  await page.click('.answer-hospital .segment:has-text("No intensive care bed")');
  await page.click('.answer-hospital button:has-text("Tell dispatch")');
  await page.waitForSelector(".answer-said");
  await page.waitForSelector(".asked-bar.nobody");
  await town.quiet();
});
