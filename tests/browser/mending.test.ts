/** What was taken down wrongly is put right from the desk: times, places, hospitals, and which call is about what. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
let crews: string[];
const pages: Page[] = [];
type Row = Record<string, any>;

async function desk(user = "dispatcher"): Promise<Page> {
  const page = await openPage(url, user);
  pages.push(page);
  return page;
}

async function rowOf(view: string, id: string): Promise<Row> {
  return ((await town.ask("GET", `/${view}`)) as Row[]).find((row) => row.id === id)!;
}

/** A run on its way with a bed held. */
async function runOut(incident: string): Promise<string> {
  const advice = await town.ask("GET", `/incidents/${incident}/recommendation`);
  const [unit, hospital] = [advice.units[0], advice.hospitals[0]];
  const run_id = randomUUID();
  await town.ask("POST", `/incidents/${incident}/runs`, {
    run_id, unit_id: unit.unit_id, decision_id: advice.decision_id, hospital_id: hospital.hospital_id, bed_kind: hospital.bed_kind,
  });
  await town.ask("POST", `/runs/${run_id}/milestones`, { milestone: "accepted", at: new Date().toISOString() });
  return run_id;
}

const pick = (page: Page, number: number) => page.locator(".queue .line", { hasText: `#${number}` }).click();

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
beforeEach(async () => {
  crews = await town.crewUp(6);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

test("a run that is out goes to another hospital, and a wrong time is corrected by the city's clock", async () => {
  const { id, number } = await town.incident("redirect me", "P3");
  const run = await runOut(id);
  const before = await rowOf("runs", run);
  const page = await desk();
  await pick(page, number);
  await page.getByRole("button", { name: "Other hospital…" }).click();
  const choice = page.locator(".redirect .hospital-choice").first();
  await choice.waitFor();
  await page.getByRole("button", { name: /^Redirect / }).click();
  await page.locator(".redirect .notice", { hasText: "Choose a hospital" }).waitFor(); // nothing is chosen for anybody
  await choice.click();
  await page.getByRole("button", { name: /^Redirect / }).click();
  await page.waitForSelector(".redirect", { state: "detached" });
  await expect.poll(async () => (await rowOf("runs", run)).hospital_id).not.toBe(before.hospital_id);

  await page.getByRole("button", { name: "Correct a time…" }).click();
  const told = new Date(Date.parse(before.milestones.accepted) + 1000);
  const clockFace = new Intl.DateTimeFormat("en-GB", { timeZone: town.city.timezone, timeStyle: "medium" }).format(told);
  await page.fill(".mending .time-field", "a quarter past");
  await page.locator(".mending .with-button button").click();
  await page.locator(".mending .notice", { hasText: "19:06" }).waitFor();
  await page.fill(".mending .time-field", clockFace);
  await page.locator('.mending input[placeholder="Reason"]').fill("pressed late");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".mending", { state: "detached" });
  const shown = page.locator(".run .step.done time").first();
  await expect.poll(async () => (await rowOf("runs", run)).corrections.length).toBe(1);
  await expect.poll(() => shown.textContent()).toBe(clockFace);
  expect(await breaches(page)).toEqual([]);
});

test("two incidents become one and two again, and a call goes its own way, from the desk", async () => {
  const [first, second] = [await town.incident("smoke in the stairway"), await town.incident("fire on the third floor")];
  const page = await desk();
  await pick(page, second.number);
  await page.getByRole("button", { name: "Merge, separate…" }).click();
  await page.getByRole("button", { name: `Choose #${first.number}` }).click();
  await page.getByRole("button", { name: `Merge #${second.number} into #${first.number}` }).click();
  await expect.poll(async () => (await rowOf("incidents", second.id)).status).toBe("merged");
  await page.locator(".incident h2", { hasText: `#${first.number}` }).waitFor(); // what it went into is shown
  await expect.poll(() => page.locator(".queue .line", { hasText: `#${second.number}` }).count()).toBe(0);
  await page.getByRole("button", { name: "Merge, separate…" }).click();
  expect(await page.getByRole("button", { name: "Separate", exact: true }).count()).toBe(2);
  await page.getByRole("button", { name: `Take #${second.number} out again` }).click();
  await page.locator(".queue .line", { hasText: `#${second.number}` }).waitFor();

  const call_id = randomUUID();
  await town.ask("POST", "/calls", { id: call_id, phone: "0900 000 002", complaint: "quite another matter", position: town.centre });
  await town.ask("POST", `/calls/${call_id}/join`, { incident_id: first.id });
  await page.locator(".together-line", { hasText: "quite another matter" }).getByRole("button").click();
  await page.locator(".queue .call-line", { hasText: "quite another matter" }).waitFor();
});

test("a place that was guessed wrongly is looked up again and put right, and units may go", async () => {
  const call_id = randomUUID();
  const guessed = { lat: town.centre.lat + 0.004, lon: town.centre.lon };
  await town.ask("POST", "/calls", {
    id: call_id, phone: "0900 000 003", complaint: "somewhere by the market", position: guessed,
    place_source: "gazetteer", confidence: 0.3, ambiguous: true,
  });
  const id = randomUUID();
  const { number } = await town.ask("POST", "/incidents", { id, call_id, position: guessed, priority: "P2" });
  const page = await desk();
  await pick(page, number);
  await page.getByRole("button", { name: "Not right, correct it…" }).click();
  await page.getByRole("button", { name: "Put it here" }).click();
  await page.locator(".correct-place .notice").waitFor(); // no place, no order
  await page.fill("#right-where", `${town.centre.lat}, ${town.centre.lon}`);
  await page.fill("#right-address", "the new market");
  await page.getByRole("button", { name: "Put it here" }).click();
  await page.waitForSelector(".place-doubt", { state: "detached" });
  const row = await rowOf("incidents", id);
  expect([row.place_confirmed, row.position.lat.toFixed(4), row.address]).toEqual([true, town.centre.lat.toFixed(4), "the new market"]);
});

test("all that wait are shared out at once: each pair goes with its bed, and what went says so", async () => {
  const incidents = [await town.incident("first of the batch", "P1"), await town.incident("second of the batch", "P2")];
  const page = await desk();
  await page.locator(".batch-open").click();
  await expect.poll(() => page.locator(".batch-line").count()).toBe(2);
  expect(await breaches(page)).toEqual([]);
  const proposed = await page.locator(".batch-line > .callsign").allTextContents();
  expect(new Set(proposed).size).toBe(2);
  expect(crews).toEqual(expect.arrayContaining(proposed));
  await page.getByRole("button", { name: "Send all 2" }).click();
  await expect.poll(() => page.locator(".batch-sent").count(), { timeout: 20_000 }).toBe(2);
  for (const [place, { id }] of incidents.entries()) {
    const [run, ...more] = (await rowOf("incidents", id)).runs;
    expect([run.callsign, more]).toEqual([proposed[place], []]);
    expect((await rowOf("runs", run.run_id)).hospital_id).not.toBeNull();
  }
  await page.locator(".batch-open").waitFor({ state: "detached" });
  await page.locator(".recommendation .panel-head").click(); // Esc closes the sheet from wherever the focus is
  await page.keyboard.press("Escape");
  await page.waitForSelector(".sheet", { state: "detached" });
});

test("a closing form that lost the race closes by itself", async () => {
  const { id, number } = await town.incident("closed twice");
  const page = await desk();
  await pick(page, number);
  await page.getByRole("button", { name: "Close…" }).click();
  await page.locator('.actions input[placeholder="Reason"]').fill("home already");
  await town.ask("POST", `/incidents/${id}/close`, { reason: "the other desk was faster" });
  await page.locator('.actions input[placeholder="Reason"]').waitFor({ state: "detached" });
  expect(await page.getByRole("button", { name: "Close…" }).count()).toBe(0);
});
