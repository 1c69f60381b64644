/** The bed board at a hospital, and what the desk sees of it. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { Town } from "./town";

const url = inject("url");
let town: Town;
const pages: Page[] = [];

async function ward(): Promise<Page> {
  const page = await openPage(url, "hospital", { path: "/hospital", width: 820, height: 1180 });
  pages.push(page);
  await page.waitForSelector(".bed-card");
  return page;
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(closeBrowser);

test("beds counted on a tablet stand on the desk's screen in under a second", async () => {
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  const page = await ward();
  const code = await page.evaluate(async () => (await (await fetch("/api/v1/hospitals")).json())[0].code as string);
  const card = desk.locator(".hospital-card", { has: desk.locator(`.code:text-is("${code}")`) });
  await card.waitFor();
  const took: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    await page.locator(".bed-card .stepper").first().click(); // one empty bed less
    const empty = (await page.locator(".bed-count").first().evaluate((node) => node.firstChild?.textContent)) ?? "";
    const saved = Date.now();
    await page.click(".bed-buttons .primary");
    await card.locator(`.bed-counts span:first-child b:text-is("${empty}")`).waitFor();
    took.push(Date.now() - saved);
    await page.waitForSelector('.saved:has-text("Saved")');
  }
  expect(Math.max(...took)).toBeLessThan(1000);
});

test("confirming unchanged beds renews their age", async () => {
  const page = await ward();
  await page.click('.bed-buttons button:has-text("Unchanged")');
  await page.waitForSelector('.saved:has-text("Saved")');
  expect(await page.locator(".report-age").textContent()).toMatch(/Oldest update: just now/);
});

test("a ward whose counts are too old is asked to count again, until it does", async () => {
  const page = await ward();
  // A city in which counts are old after four seconds.
  await page.route("**/api/v1/city", async (route) => {
    const city = await (await route.fetch()).json();
    await route.fulfill({ json: { ...city, targets: { ...city.targets, bed_age: { amber_s: 2, red_s: 4 } } } });
  });
  await page.reload();
  const nag = page.locator(".nag");
  await nag.waitFor();
  expect(await nag.textContent()).toMatch(/too old/);
  expect(await page.locator(".report-age").textContent()).toMatch(/^■/);
  await page.click('.bed-buttons button.primary:has-text("Unchanged")');
  await nag.waitFor({ state: "detached" });
});

test("on a phone the word that it is saved stands in the bar at hand", async () => {
  const page = await openPage(url, "hospital", { path: "/hospital", width: 390, height: 600 });
  pages.push(page);
  await page.waitForSelector(".bed-card");
  await page.evaluate(() => scrollTo(0, 0));
  await page.click('.bed-buttons button:has-text("Unchanged")');
  const saved = page.locator('.saved:has-text("Saved")');
  await saved.waitFor();
  const box = (await saved.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(600);
});

test("numbers being typed are kept when somebody else reports, and both are shown", async () => {
  const page = await ward();
  await page.locator(".bed-card .stepper").nth(1).waitFor();
  const before = Number(await page.locator(".bed-count").first().evaluate((node) => node.firstChild?.textContent));
  await page.locator(".bed-card .stepper").first().click();
  const hospital = await page.evaluate(async () => (await (await fetch("/api/v1/hospitals")).json())[0]);
  const beds = hospital.beds.EmergencyDepartment;
  await town.ask("PUT", `/hospitals/${hospital.id}/beds`, {
    beds: { EmergencyDepartment: { staffed: beds.staffed, occupied: beds.occupied + 3, blocked: beds.blocked } },
  });
  await page.waitForSelector(".clash");
  expect(await page.locator(".clash").textContent()).toContain("supervisor");
  expect(Number(await page.locator(".bed-count").first().evaluate((node) => node.firstChild?.textContent))).toBe(before - 1);
});

test("a diversion needs a reason and an end, is seen at the desk, and can be lifted", async () => {
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  const page = await ward();
  await page.click('button:has-text("Divert…")');
  await page.click('button:has-text("Start diversion")');
  expect(await page.locator(".diversion [role=alert].notice").textContent()).toMatch(/reason/);
  await page.click('.reasons .segment:has-text("CT scanner down")');
  await page.click('button:has-text("Start diversion")');
  expect(await page.locator(".diversion [role=alert].notice").textContent()).toMatch(/when it ends/);
  await page.locator(".diversion .hours .segment").nth(1).click();
  await page.click('button:has-text("Start diversion")');
  await page.waitForSelector('.diversion.on:has-text("CT scanner down")');
  await desk.waitForSelector('.hospital-card.diverting:has-text("DIVERTING until")');
  await page.click('button:has-text("Receive again now")');
  await page.waitForSelector(".diversion.off");
  await desk.waitForSelector(".hospital-card.diverting", { state: "detached" });
});

test("a hospital's account sees and changes its own beds alone", async () => {
  const page = await ward();
  const own = await page.evaluate(async () => (await (await fetch("/api/v1/hospitals")).json()).map((row: { id: string }) => row.id));
  expect(own).toHaveLength(1);
  const other = (town.city.hospitals as { id: string }[]).find((one) => one.id !== own[0])!.id;
  const status = await page.evaluate(async (id) => (await fetch(`/api/v1/hospitals/${id}/beds`, {
    method: "PUT", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ beds: { EmergencyDepartment: { staffed: 1, occupied: 0 } } }),
  })).status, other);
  expect(status).toBe(403);
});

test("targets for the thumb are 72 pixels", async () => {
  const page = await ward();
  for (const stepper of await page.locator(".stepper").all()) {
    const box = (await stepper.boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(72);
  }
});
