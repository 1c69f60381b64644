/** The bed board at a hospital, and what the desk sees of it. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { painted, percentile, tap, watchPaint } from "./paint_time";
import { Town } from "./town";
import { wardTablet } from "./ward_tablet";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

const ward = () => wardTablet(url, pages);

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(closeBrowser);

test("thirty counts on a tablet are painted on the desk's screen, nineteen of twenty in well under a second", async () => {
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  const page = await ward();
  const { code, beds } = await page.evaluate(async () => (await (await fetch("/api/v1/hospitals")).json())[0]);
  await desk.locator(".hospital-card", { has: desk.locator(`.code:text-is("${code}")`) }).evaluate((card) => card.setAttribute("data-watched", ""));
  await watchPaint(desk, ".hospital-card[data-watched] .bed-counts span:first-child b");
  const label = (count: number) => String(count);
  let { free } = beds.EmergencyDepartment as { free: number };
  const first = free > 0 ? -1 : 1; // one bed less, one more, and so on
  const took: number[] = [];
  for (let count = 0; count < 30; count += 1) {
    const step = count % 2 === 0 ? first : -first;
    free += step;
    await tap(page, step < 0 ? ".bed-card .stepper" : ".bed-card .stepper:last-of-type");
    await page.waitForSelector(".bed-buttons .primary:enabled");
    await desk.evaluate((text) => { delete (window as unknown as { painted: Record<string, number> }).painted[text]; }, label(free));
    const tapped = await tap(page, ".bed-buttons button:not([type])");
    took.push((await painted(desk, label(free))) - tapped);
    await page.waitForSelector('.saved:has-text("Saved")');
  }
  // The aim on a quiet machine is 250 ms; here other work may share the cores, so the limit is a generous one.
  console.info(`a count is painted on the desk: p50 ${percentile(took, 0.5)} ms, p95 ${percentile(took, 0.95)} ms, most ${Math.max(...took)} ms, n = ${took.length}`);
  expect(percentile(took, 0.95)).toBeLessThan(1000);
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
  expect(await page.locator(".clash[role=alert]").textContent()).toContain("supervisor");
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

test("a hospital's account neither opens nor changes anything of another hospital, whatever its page asks for", async () => {
  const page = await ward();
  const own = await page.evaluate(async () => (await (await fetch("/api/v1/hospitals")).json()).map((row: { id: string }) => row.id));
  expect(own).toHaveLength(1);
  const other = (town.city.hospitals as { id: string }[]).find((one) => one.id !== own[0])!.id;
  const before = await town.ask("GET", `/hospitals/${other}`);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const asked: [string, string, unknown, number][] = [
    ["GET", `/hospitals/${other}`, null, 404],
    ["GET", `/hospitals/${other}/inbound`, null, 403],
    ["GET", `/hospitals/${other}/handovers`, null, 403],
    ["PUT", `/hospitals/${other}/beds`, { beds: { EmergencyDepartment: { staffed: 1, occupied: 0 } } }, 403],
    ["PUT", `/hospitals/${other}/diversion`, { reason: "full", until }, 403],
    ["DELETE", `/hospitals/${other}/diversion`, null, 403],
    ["PUT", `/hospitals/${other}/hours`, { hours: {} }, 403],
    ["PUT", `/hospitals/${other}/services`, { service: "trauma" }, 403],
    ["POST", "/hospital-links", { id: crypto.randomUUID(), hospital_id: other, label: "ward" }, 403],
    ["GET", "/hospital-links", null, 403],
  ];
  const told = await page.evaluate(async (questions) => Promise.all(questions.map(async ([method, path, body]) => (await fetch(`/api/v1${path}`, {
    method, headers: { "Content-Type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}),
  })).status)), asked);
  expect(asked.map(([method, path], index) => [method, path, told[index]])).toEqual(asked.map(([method, path, , status]) => [method, path, status]));
  expect(await town.ask("GET", `/hospitals/${other}`)).toEqual(before);
});

test("an old count is marked on the desk, costs seconds, and moves its hospital down the ranking", async () => {
  await town.crewUp(2);
  const { id } = await town.incident("chest pain");
  type Ranked = { hospital_id: string; name: string; stale: boolean; score: number; parts: Record<string, number> };
  const ranked = async () => (await town.ask("GET", `/incidents/${id}/recommendation`)).hospitals as Ranked[];
  type Row = { id: string; beds: Record<string, { staffed: number; reported_at: string | null }> };
  const untold = ((await town.ask("GET", "/hospitals")) as Row[]).filter((row) => Object.values(row.beds).every((bed) => bed.reported_at === null));
  const rank = new Map((await ranked()).map((row, place) => [row.hospital_id, place]));
  const old = untold.filter((row) => rank.has(row.id)).sort((a, b) => rank.get(a.id)! - rank.get(b.id)!)[0]!;
  const report = (hours: number) => town.ask("PUT", `/hospitals/${old.id}/beds`, {
    at: new Date(Date.now() - hours * 3_600_000).toISOString(),
    beds: Object.fromEntries(Object.entries(old.beds).map(([kind, { staffed }]) => [kind, { staffed, occupied: 0 }])),
  });
  const one = async () => (await ranked()).findIndex((row) => row.hospital_id === old.id);
  await report(5);
  const then = (await ranked())[await one()]!;
  const placeThen = await one();
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  await desk.waitForSelector('.hospital-card .age.red');
  await report(0);
  const now = (await ranked())[await one()]!;
  expect([then.stale, now.stale]).toEqual([true, false]);
  expect(then.parts.data_age!).toBeGreaterThan(now.parts.data_age! + 300);
  expect(then.score).toBeGreaterThan(now.score + 300);
  expect(placeThen).toBeGreaterThan(await one());
  await town.quiet();
});

test("targets for the thumb are 72 pixels", async () => {
  const page = await ward();
  for (const stepper of await page.locator(".stepper").all()) {
    const box = (await stepper.boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(72);
  }
});
