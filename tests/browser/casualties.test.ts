/** Many casualties: from the telephone to a bed for each, and what the ward sees of it; and a transfer between hospitals. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
/** A server that works for others too is slower than one second. */
const WITHIN = { timeout: 20_000 };
const pages: Page[] = [];
let town: Town;
/** Where the account "hospital" belongs. */
let ward: string;

async function open(user: string, path?: string): Promise<Page> {
  const page = await openPage(url, user, { width: 1600, height: 900, ...(path ? { path } : {}) });
  pages.push(page);
  return page;
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  const account = await Town.open(url, "hospital");
  ward = (await account.ask("GET", "/me")).hospital_id;
});
beforeEach(async () => {
  await town.crewUp(6);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

const patient = (page: Page, tag: string) => page.locator(".patient", { has: page.locator(`.tag:text-is("${tag}")`) });

test("twelve casualties of one crash are tagged, sorted, spread over hospitals and put aboard, and the ward sees who comes", async () => {
  const page = await open("dispatcher");
  await page.keyboard.press("F2");
  await page.keyboard.type("0903 555 123");
  for (const words of [undefined, "12 Nguyễn Trãi", `${town.centre.lat}, ${town.centre.lon}`]) {
    await page.keyboard.press("Tab");
    if (words) await page.keyboard.type(words);
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("A coach on its side, many hurt");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".triage .question");
  await page.locator(".choice .segment.P1").click();
  await page.locator(".finish button.primary").click();
  await page.waitForSelector(".line.selected .badge.P1");

  await page.keyboard.press("F6");
  await page.fill(".declare input[inputmode=numeric]", "12");
  await page.click(".declare button.primary");
  await expect.poll(() => page.locator(".patient .colour.unsorted").count(), WITHIN).toBe(12);
  await page.waitForSelector(".incident .alarm-badge", { state: "attached" }); // below the sheet nobody sees it

  await page.fill(".add-patients input", "3 red 3 yellow 4 green 1 black");
  await page.click(".add-patients button.primary");
  await expect.poll(() => page.locator(".patient .colour.unsorted").count(), WITHIN).toBe(1);
  const last = (await page.locator(".patient", { has: page.locator(".colour.unsorted") }).locator(".tag").textContent())!;
  await patient(page, last).locator(".patient-line").click();
  await page.click(".edit-colour > button"); // START, one question at a time
  for (const [question, reply] of [["walk", "No"], ["breathe by themselves", "Yes"]] as const) {
    await page.waitForSelector(`.assessment .found:has-text("${question}")`);
    await page.click(`.answers-large button:text-is("${reply}")`);
  }
  await page.waitForSelector('.assessment .found:has-text("breaths a minute")');
  await page.fill(".assessment .figure input", "36");
  await page.keyboard.press("Enter");
  await patient(page, last).locator(".patient-line .colour.red").waitFor();
  const [incident] = (await town.ask("GET", "/incidents") as { id: string; status: string }[]).filter((one) => one.status !== "closed");
  const told = await town.ask("GET", `/incidents/${incident!.id}/patients`);
  expect(told.totals).toEqual({ red: 4, yellow: 3, green: 4, black: 1 });
  const sorted = told.patients.find((one: { tag: string }) => one.tag === last);
  expect([sorted.triage.method, sorted.triage.findings]).toEqual(["start", { walks: false, breathing: true, rate: 36 }]);
  expect(await breaches(page)).toEqual([]);

  await page.locator(".tabs button").nth(1).click();
  await expect.poll(() => page.locator(".choice-line").count(), WITHIN).toBe(11); // black stay
  const line = page.locator(".choices li", { has: page.locator(`.tag:text-is("${last}")`) });
  await line.locator(".choice-line").click(); // one is changed by hand
  await line.locator("select").first().selectOption(ward);
  expect(await breaches(page)).toEqual([]);
  await page.click(".spread .send");
  await page.waitForSelector(".patient-list");
  const bound = (await town.ask("GET", `/incidents/${incident!.id}/patients`)).patients as Record<string, string | null>[];
  expect(bound.filter((one) => one.hospital_id !== null).length).toBe(11);
  expect(bound.find((one) => one.tag === last)).toMatchObject({ hospital_id: ward });
  expect(bound.every((one) => one.hospital_id === null || one.hold_until !== null)).toBe(true);

  const decision = await town.ask("GET", `/incidents/${incident!.id}/recommendation`);
  const run_id = crypto.randomUUID();
  await town.ask("POST", `/incidents/${incident!.id}/runs`, {
    run_id, unit_id: decision.units[0].unit_id, decision_id: decision.decision_id, hospital_id: ward, preempt: false, confirm_place: false,
  });
  for (const milestone of ["accepted", "en_route", "on_scene"]) {
    await town.ask("POST", `/runs/${run_id}/milestones`, { milestone, at: new Date().toISOString() });
  }
  const tablet = await open("hospital", "/hospital");
  await patient(page, last).locator(".patient-line").click();
  await page.locator(".edit-place label:has-text('Aboard') select").selectOption(run_id);
  await patient(page, last).locator('.patient-line:has-text("aboard") .callsign').waitFor();
  await town.ask("POST", `/runs/${run_id}/milestones`, { milestone: "transporting", at: new Date().toISOString() });
  await patient(page, last).locator('.patient-line:has-text("on the way")').waitFor();
  await tablet.waitForSelector(`.inbound .tagged li:has-text("${last}") .colour.red`, { timeout: 30_000 });

  await page.keyboard.press("Escape");
  await page.waitForSelector(".sheet", { state: "detached" });
});

test("a ward asks for a bed elsewhere, the desk says yes for the other house as on the telephone, and it is an incident", async () => {
  const tablet = await open("hospital", "/hospital");
  const desk = await open("dispatcher");
  const other = (town.city.hospitals as { id: string; name_en: string }[]).find((one) => one.id !== ward)!;
  await tablet.click('.ward-transfers button:has-text("Ask for a transfer")');
  await tablet.click(".transfer-form button.primary"); // nothing said yet: it is said what is missing
  expect(await tablet.locator(".transfer-form [role=alert].notice").textContent()).toMatch(/Two hospitals, a kind of bed/);
  await tablet.locator(".transfer-form select").nth(0).selectOption(other.id);
  await tablet.locator(".transfer-form select").nth(1).selectOption("EmergencyDepartment");
  await tablet.fill(".transfer-form input[inputmode=tel]", "028 3855 4137");
  await tablet.fill(".transfer-form label:has-text('Condition') input", "intubated");
  expect(await breaches(tablet)).toEqual([]);
  await tablet.click(".transfer-form button.primary");
  await tablet.waitForSelector('.transfer.requested:has-text("Waits for the receiving hospital")');
  expect(await tablet.locator(".transfer.requested button.primary").count()).toBe(0);

  await desk.waitForSelector(".transfers-button .amber");
  await desk.keyboard.press("F7");
  const row = desk.locator(".scroll > .transfers > .transfer", { hasText: "intubated" });
  expect(await breaches(desk)).toEqual([]);
  await row.locator('button:has-text("We take them")').click();
  await row.locator('.transfer-course:has-text("no unit yet")').waitFor();
  await tablet.waitForSelector('.transfer.begun:has-text("now an incident")');
  await row.locator(".transfer-course button").click();
  await desk.waitForSelector(".sheet", { state: "detached" });
  await desk.waitForSelector('.queue .line.selected:has-text("intubated")');
});
