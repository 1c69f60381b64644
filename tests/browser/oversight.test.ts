/** Alarms that are answered or go up, the board of a past moment, the wall and the supervisor's pages. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
const ESCALATES_MS = 60_000;
let town: Town;
let sounded = 0;
let lonely: string;
const pages: Page[] = [];

/** A window of this user; pages without a live line are not waited for. */
async function open(user: string, path: string, language: "vi" | "en" = "en", width = 1366, height = 768): Promise<Page> {
  const quiet = path.startsWith("/past") || path.startsWith("/planner");
  const page = await openPage(url, user, quiet ? { path: "/?nomap=1", language, width, height } : { path, language, width, height });
  if (quiet) await page.goto(url + path);
  pages.push(page);
  return page;
}

const sos = (callsign: string) => town.ask("POST", `/units/${callsign}/sos`, { note: "cần hỗ trợ" });
const alarmOf = async (callsign: string) =>
  ((await town.ask("GET", "/crew-alarms")) as Record<string, any>[]).find((row) => row.callsign === callsign && row.status !== "closed");

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  const units = await town.crewUp(4);
  lonely = units[3]!;
  await sos(lonely); // nobody answers this one: it is looked at again a minute later
  sounded = Date.now();
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(closeBrowser);

test("an alarm is taken up by name, every desk sees who has it, and nothing typed is lost", async () => {
  const [callsign] = await town.crewUp(1);
  const desk = await open("dispatcher", "/?nomap=1");
  const other = await open("supervisor", "/?nomap=1");
  await desk.locator(".alarms.red").waitFor();
  await desk.focus("#phone");
  await desk.keyboard.type("0903");
  await sos(callsign!);
  await desk.locator('.alarms-line button[aria-expanded]:has-text("All")').click();
  await desk.locator(`.alarms-list .crew-alarm:has-text("${callsign}")`).waitFor();
  expect(await desk.locator(".alarms-line > .alarm").textContent()).toContain(lonely); // the older one stays on top
  await desk.locator(`.alarms-list .crew-alarm:has-text("${callsign}") .alarm-take`).click();
  await expect.poll(async () => (await alarmOf(callsign!))?.acknowledged_by).toBe("dispatcher");
  await other.locator('.alarms button[aria-expanded]:has-text("All")').click();
  await other.locator(`.crew-alarm:has-text("${callsign}"):has-text("acknowledged by dispatcher")`).waitFor();
  expect(await breaches(desk)).toEqual([]);
  expect(await desk.inputValue("#phone")).toBe("0903");
  await town.ask("POST", `/crew-alarms/${(await alarmOf(callsign!))!.id}/close`, { outcome: "safe" });
});

test("the board of a past moment is what the server says of it, and no order leaves that page", async () => {
  const before = await town.incident("before that moment", "P2");
  await new Promise((done) => setTimeout(done, 1500));
  const then = new Date().toISOString();
  await new Promise((done) => setTimeout(done, 1500));
  const after = await town.incident("after that moment", "P2");
  const page = await open("dispatcher", `/past?nomap=1&at=${then}`);
  await page.locator(`.queue .line:has-text("#${before.number}")`).waitFor();
  expect(await page.locator(`.queue .line:has-text("#${after.number}")`).count()).toBe(0);
  expect(await page.locator(".past-mark").textContent()).toContain("PAST");

  const told = await town.ask("GET", `/snapshot?at=${encodeURIComponent(then)}`);
  const open_ = (told.incidents as { number: number; status: string }[]).filter((row) => !["closed", "merged"].includes(row.status));
  const shown = await page.locator(".queue .number").allTextContents();
  expect(shown.sort()).toEqual(open_.map((row) => `#${row.number}`).sort());
  const statuses = (told.units as { status: string }[]).filter((row) => row.status === "AV").length;
  expect(await page.locator(".status-chips button").first().textContent()).toContain(String(statuses));

  await page.locator(`.queue .line:has-text("#${before.number}")`).click();
  await page.locator(".timeline .entry").first().waitFor();
  for (const order of [".intake", ".recommendation button.send", ".actions", ".run button.step", ".command-line", ".move-ups"]) {
    expect([order, await page.locator(order).count()]).toEqual([order, 0]);
  }
  const orders: string[] = [];
  page.on("request", (request) => { if (request.method() !== "GET") orders.push(request.url()); });
  await page.keyboard.press("F2");
  await page.keyboard.press("F8");
  expect(orders).toEqual([]);
  expect(await breaches(page)).toEqual([]);

  await page.locator(".past-back").click();
  await page.waitForSelector(".lamp.live");
  await page.locator(`.queue .line:has-text("#${after.number}")`).waitFor();
  await town.quiet();
});

test("the slider goes by keyboard and says where it stands; it steps, runs and keeps its moment in the address", async () => {
  const then = new Date(Date.now() - 5000);
  const page = await open("supervisor", `/past?nomap=1&at=${then.toISOString()}`);
  const slider = page.locator('.time-bar input[type="range"]');
  await page.locator(".queue").waitFor();
  await slider.focus();
  const said = () => slider.getAttribute("aria-valuetext");
  const first = await said();
  expect(first).toMatch(/^\d\d:\d\d:\d\d on \d+ \w+ 20\d\d$/);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(said).not.toBe(first);
  const moment = () => Date.parse(new URL(page.url()).searchParams.get("at") ?? "");
  await expect.poll(moment).toBe(Math.round(then.getTime()) - 10_000);
  await page.keyboard.press("PageDown");
  await expect.poll(moment).toBe(then.getTime() - 610_000);
  await page.locator('.time-steps button[aria-label="On 1 min"]').click();
  await expect.poll(moment).toBe(then.getTime() - 550_000);
  await page.locator(".time-field select").selectOption("600");
  await page.locator(".time-steps .primary").click();
  await page.locator('.time-steps .primary:has-text("Play")').waitFor({ timeout: 20_000 }); // stopped at the present
  await expect.poll(moment, { timeout: 20_000 }).toBeGreaterThan(then.getTime());
});

test("the wall shows figures with targets and counts, the queue and the hospitals, and scrolls nowhere", async () => {
  for (const [language, width, height] of [["vi", 1920, 1080], ["en", 1366, 768]] as const) {
    const page = await open("supervisor", "/wall", language, width, height);
    await page.locator(".tile").nth(7).waitFor({ timeout: 30_000 });
    expect(await page.locator(".tile-note", { hasText: language === "vi" ? /mục tiêu/ : /target/ }).count()).toBeGreaterThan(2);
    expect(await page.locator(".board tbody tr").count()).toBeGreaterThan(3);
    const spills = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth);
    expect(spills).toBe(false);
    expect(await breaches(page)).toEqual([]);
  }
});

test("a supervisor reads the shift, changes a policy with a reason, and takes the figures along", async () => {
  const page = await open("supervisor", "/supervisor");
  await page.locator(".card").nth(3).waitFor();
  expect(await breaches(page)).toEqual([]);
  await page.locator('.tabs a:has-text("Dispatch policies")').click();
  await page.locator('select[aria-label="Policy P4"]').selectOption("coverage_cost");
  await page.locator("button.primary").click();
  await page.locator('[role=alert]:has-text("Say why")').waitFor();
  await page.locator(".policy-change input").fill("a quiet night");
  await page.locator("button.primary").click();
  await page.locator('.done:has-text("Changed")').waitFor();
  expect((await town.ask("GET", "/policy")).policies.P4).toEqual({ policy: "coverage_cost", said_by: "supervisor" });
  await town.ask("PUT", "/policy", { P4: "closest_kept_back", reason: "test over" });
  expect(await breaches(page)).toEqual([]);
  await page.locator('.tabs a:has-text("Figures")').click();
  await page.locator(".table-box tbody tr").first().waitFor();
  const file = await page.locator('a:has-text("CSV")').getAttribute("href");
  const csv = await page.evaluate(async (address) => (await fetch(address!)).text(), file);
  expect(csv).toContain("call_to_scene");
  expect(await breaches(page)).toEqual([]);
});

test.each(["/wall", "/past", "/planner"])("whoever opened %s can sign out there", async (path) => {
  const page = await openPage(url, "", { path, signIn: "none" });
  await page.fill("[name=username]", "supervisor");
  await page.fill("[name=password]", "demo");
  await page.keyboard.press("Enter");
  await page.click('button:has-text("Sign out")');
  await page.waitForSelector("[name=password]");
  await page.context().close();
});

test("what nobody took up for a minute is told to the supervisor, once", async () => {
  const wall = await open("supervisor", "/wall");
  const escalated = wall.locator(`.crew-alarm:has-text("${lonely}") strong:has-text("Supervisor told")`);
  await escalated.waitFor({ timeout: ESCALATES_MS + 20_000 });
  const row = (await alarmOf(lonely))!;
  const waited = Date.parse(row.escalated_at) - Date.parse(row.since);
  expect(waited).toBeGreaterThanOrEqual(ESCALATES_MS);
  expect(waited).toBeLessThan(ESCALATES_MS + 15_000);
  expect(Date.now() - sounded).toBeGreaterThanOrEqual(ESCALATES_MS);
  await wall.keyboard.press("F8");
  await expect.poll(async () => (await alarmOf(lonely))?.acknowledged_by).toBe("supervisor");
  const { seq } = await town.ask("GET", "/snapshot");
  const facts = (await town.ask("GET", `/events?limit=1000&after=${Math.max(0, seq - 999)}`)) as { events: { topic: string; data: { callsign?: string } }[] };
  const times = facts.events.filter((one) => one.topic === "CrewSafety.AlarmEscalated" && one.data.callsign === lonely).length;
  expect(times).toBe(1);
  await town.ask("POST", `/crew-alarms/${row.id}/close`, { outcome: "safe" });
});
