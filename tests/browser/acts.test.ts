/** Decisions beside the ranking: another unit with a reason, a move-up that is declined, a dispatch that is stopped in time. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ROOT, Server } from "./server";
import { Town } from "./town";

let server: Server;
let cities: string;
let town: Town;
const pages: Page[] = [];

async function desk(user = "dispatcher"): Promise<Page> {
  const page = await openPage(server.url, user);
  pages.push(page);
  return page;
}

/** The demo town, where the most urgent goes by itself unless it is stopped within a minute. */
function townThatSendsByItself(): string {
  const folder = mkdtempSync(join(tmpdir(), "vigil-cities-"));
  cpSync(join(ROOT, "cities"), folder, { recursive: true });
  const rules = join(folder, "demo/rules.toml");
  const switched = readFileSync(rules, "utf8")
    .replace(/(\[auto_dispatch\][^[]*?priorities = )\[\]/, '$1["P1"]').replace(/(\[auto_dispatch\][^]*?veto_s = )\d+/, "$160");
  if (!switched.includes('priorities = ["P1"] ')) throw new Error("the rules of the demo town have another shape");
  writeFileSync(rules, switched);
  return folder;
}

beforeAll(async () => {
  await openBrowser();
  cities = townThatSendsByItself();
  server = await Server.open(["--cities", cities]);
  town = await Town.open(server.url);
}, 250_000);
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(async () => {
  await closeBrowser();
  await server?.close();
  rmSync(cities, { recursive: true, force: true });
});

test("another unit than advised goes with one code, and the record has its words", async () => {
  await town.crewUp(6);
  const { number } = await town.incident("override by a code", "P3");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.locator("fieldset:first-of-type > .choice-row").last().click(); // seconds behind: the second may be as good as the first
  const callsign = await page.locator(".choice-row.on .callsign").first().textContent();
  await page.click("button.send");
  await page.waitForSelector(".order .notice");
  expect(await page.locator(`.run[aria-label="${callsign}"]`).count()).toBe(0);
  await page.locator(".override .answer", { hasText: "the crew must rest" }).click();
  await page.click("button.send");
  await page.waitForSelector(`.run[aria-label="${callsign}"]`);
  await page.waitForSelector('.timeline .entry:has-text("the crew must rest")');
});

test("for any unit of the fleet it is told why it is not the first", async () => {
  const crews = await town.crewUp(6);
  const { number } = await town.incident("why not", "P3");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  const first = await page.locator(".choice-row.on .callsign").first().textContent();
  const last = crews.find((one) => one !== first)!;
  await page.fill(".why-not input", last.toLowerCase());
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".why-told").textContent()).toContain(last);
  expect(await page.locator(".why-told").textContent()).toContain(`behind ${first}`);
  await page.locator(".why-told button").click();
  expect(await page.locator(".choice-row.on .callsign").first().textContent()).toBe(last);
});

test("a unit that should wait elsewhere is left where it is, with a reason, and is not asked again", async () => {
  await town.crewUp(2);
  await expect.poll(async () => (await town.ask("GET", "/move-ups").catch(() => [])).length, { timeout: 60_000 }).toBeGreaterThan(0);
  const page = await desk();
  await page.waitForSelector(".coverage b");
  await page.locator(".move-ups summary").click();
  const row = page.locator(".move-ups li").first();
  const words = (await row.locator(".move-words").textContent())!;
  await row.getByRole("button", { name: "Leave…" }).click();
  await row.getByRole("button", { name: "Leave it there" }).click();
  await row.locator(".notice").waitFor(); // without a reason nothing is sent
  await row.locator("form input").fill("the crew has just come back");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await town.ask("GET", "/reports/move-ups")).reasons, { timeout: 20_000 })
    .toEqual({ "the crew has just come back": 1 });
  const [told] = (await town.ask("GET", "/reports/move-ups")).rows;
  expect(words).toContain(`${told.callsign} → ${told.post_name}`);
  const still = page.locator(".move-ups .move-words", { hasText: `${told.callsign} → ${told.post_name}` });
  await expect.poll(() => still.count(), { timeout: 20_000 }).toBe(0);
});

test("what would go by itself counts down on the desk, and one key stops it for good", async () => {
  await town.crewUp(6);
  const page = await desk();
  const { id, number } = await town.incident("by itself", "P1");
  const line = page.locator(".countdown-line", { hasText: `#${number}` });
  await line.waitFor({ timeout: 20_000 });
  expect(await line.locator(".timer").textContent()).toMatch(/^0:[0-5]\d$|^1:00$/);
  await page.keyboard.press("F9");
  await line.waitFor({ state: "detached" });
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector('.incident :text("stopped – dispatcher")');
  const { auto_dispatch, runs } = (await town.ask("GET", "/incidents")).find((row: { id: string }) => row.id === id);
  expect([auto_dispatch.state, auto_dispatch.by, runs]).toEqual(["vetoed", "dispatcher", []]);
});

test("a higher alarm is read before it is raised, and the plan follows", async () => {
  await town.crewUp(6);
  const { number } = await town.incident("a house on fire", "P2");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.getByRole("button", { name: "Alarm…" }).click();
  await expect.poll(() => page.locator(".alarm-levels .segment.on").textContent()).toContain("1 × further ambulance");
  await page.locator(".alarm-levels .with-button input").fill("smoke in the stairway");
  await page.keyboard.press("Enter");
  await page.waitForSelector('.alarm-badge:has-text("alarm 2")');
  await expect.poll(() => page.locator(".plan li").count()).toBeGreaterThan(1);
  expect(await page.locator(".plan li", { hasText: "further ambulance" }).count()).toBe(1);
});

test("a clinician rings a referred caller back: others see who does, and it ends without an ambulance", async () => {
  const call_id = "00000000-0000-4000-8000-00000000c11c";
  await town.ask("POST", "/calls", { id: call_id, phone: "0900 000 777", complaint: "swallowed a wrong pill", position: town.centre });
  await town.ask("POST", `/calls/${call_id}/refer`, { reason: "which dose" });
  const [mine, other] = [await desk("clinician"), await desk("clinician")];
  await mine.locator(".clinic .line", { hasText: "wrong pill" }).click();
  await expect.poll(async () => (await town.ask("GET", "/clinician/queue"))[0]?.claimed_by).toBe("clinician");
  await mine.locator(".triage .answer").first().click();
  await mine.waitForSelector(".determinant");
  await mine.locator(".ring-back .finish input").fill("one tablet, will be watched");
  await mine.getByRole("button", { name: "Advice only" }).click();
  await mine.waitForSelector(".clinic .nothing");
  await other.waitForSelector(".clinic .nothing");
  const call = (await town.ask("GET", "/calls")).find((row: { id: string }) => row.id === call_id);
  expect([call.status, call.outcome]).toEqual(["closed", "advice_only"]);
});
