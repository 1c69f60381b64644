/** A planner asks, watches, compares and replays; the server dies in the middle; and nothing is ever taken for real. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { Server } from "./server";
import { over, simulated } from "./simulated";
import { Town } from "./town";

const LONG_MS = 300_000;
let server: Server;
let town: Town;

beforeAll(async () => {
  await openBrowser();
  server = await Server.open();
  town = await Town.open(server.url, "planner");
});
afterEach(expectNoFaults);
afterAll(async () => {
  await closeBrowser();
  await server.close();
});

const open = (path: string, language: "vi" | "en" = "en", width = 1366, height = 768) =>
  openPage(server.url, "planner", { path, language, width, height, ready: ".planner-work" });

/** The banner is in sight, whatever was scrolled to, and says it in both ways of seeing: words and frame. */
async function marked(page: Page, words = "SIMULATION — not real data"): Promise<void> {
  const mark = page.locator(".planner-mark");
  expect(await mark.textContent()).toContain(words);
  const { top, bottom } = await mark.evaluate((node) => node.getBoundingClientRect());
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThan(120);
  expect(await page.evaluate(() => getComputedStyle(document.querySelector(".simulated")!, "::before").position)).toBe("fixed");
}

test("a planner signs in, starts a simulation with two presses, mends what the server refuses, sees progress, and compares A and B", async () => {
  const page = await openPage(server.url, "", { path: "/planner?nomap=1", signIn: "none" });
  await page.fill("[name=username]", "planner");
  await page.fill("[name=password]", "demo");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".new-run");
  await marked(page);
  expect(await breaches(page)).toEqual([]);

  const replications = page.getByLabel("Replications", { exact: true });
  await replications.fill("many");
  await page.click(".new-run button.primary");
  await page.locator(".new-run .wrong").waitFor();
  expect(await page.locator(".new-run .wrong").textContent()).toContain("a whole number is wanted");
  expect(await replications.getAttribute("aria-invalid")).toBe("true");
  expect(await replications.inputValue()).toBe("many");
  expect(await town.ask("GET", "/simulations")).toEqual({ simulations: [] }); // and nothing was begun

  await replications.fill("8");
  await page.click(".new-run button.primary");
  await page.waitForSelector(".run-progress progress, .comparison");
  await marked(page);
  if (await page.locator(".run-progress").count()) expect(await page.locator(".run-progress").textContent()).toContain("of 8 replications");
  expect(await breaches(page)).toEqual([]);

  await page.waitForSelector(".comparison", { timeout: LONG_MS });
  const [{ id }] = (await town.ask("GET", "/simulations")).simulations;
  const { results } = await town.ask("GET", `/simulations/${id}`);
  const rows = await page.locator(".comparison tbody tr").evaluateAll((all) => all.map((row) => (row.lastElementChild as HTMLElement).innerText));
  const said = rows.filter((words) => words !== "–");
  expect(said.length).toBeGreaterThan(2);
  expect(said.filter((words) => words.includes("no difference shown")).length).toBe((results.differences as { sure: boolean }[]).filter(({ sure }) => !sure).length);
  for (const words of said.filter((one) => one.includes("no difference shown"))) expect(words).toMatch(/^≈/);
  for (const dashes of [["none", "7 5"]]) {
    expect(await page.locator(".line-chart svg[role=img]").first().locator("path").evaluateAll((all) => all.map((one) => one.getAttribute("stroke-dasharray")))).toEqual(dashes);
  }
  const report = await page.locator('.run-files a:has-text("Report")').getAttribute("href");
  expect(await page.evaluate(async (address) => (await fetch(address!)).status, report)).toBe(200);
  const file = await page.locator('.run-files a:has-text("Rows")').getAttribute("href");
  expect(await page.evaluate(async (address) => (await fetch(address!)).status, file)).toBe(200);
  await marked(page);
  expect(await breaches(page)).toEqual([]);
  await page.context().close();
}, LONG_MS);

test("one replication is replayed: the slider moves map, charts and numbers together, by keyboard and by itself", async () => {
  const id = await simulated(server.url);
  const page = await open(`/planner#${id}`);
  await page.waitForSelector(".replay-counts");
  await page.waitForSelector(".replay-box .maplibregl-canvas");
  const slider = page.locator(".film-slider");
  await slider.focus();
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^06:00:00, \w{3} \d+ \w{3}$/);
  const cursor = () => page.locator(".line-chart .cursor").first().evaluate((line) => Number(line.getAttribute("x1")));
  const before = await cursor();
  for (let press = 0; press < 60; press += 1) await page.keyboard.press("PageUp"); // ten hours
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^16:00:00/);
  expect(await cursor()).toBeGreaterThan(before + 50);

  const { incidents } = await town.ask("GET", `/simulations/${id}/replay?rival=${encodeURIComponent("Như hiện nay")}&replication=0`);
  type Told = { rang_s: number; left_s: number | null; clear_s: number | null };
  const there = (incidents as Told[]).filter((one) => one.rang_s <= 36_000 && (one.left_s ?? one.clear_s ?? Infinity) > 36_000).length;
  expect(await page.locator(".replay-counts b").textContent()).toMatch(new RegExp(`^${there} incident`));
  const painted = () => page.locator(".replay-box .overlay").evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
    let sum = 0;
    for (let at = 3; at < pixels.length; at += 4) sum += pixels[at]! > 0 ? at % 9973 : 0;
    return sum;
  });
  await expect.poll(painted, { timeout: 20_000 }).toBeGreaterThan(0);
  const first = await painted();

  await page.locator(".film-bar select").selectOption("600");
  await page.click(".film-bar .primary");
  await expect.poll(() => slider.inputValue().then(Number), { timeout: 20_000 }).toBeGreaterThan(36_600); // once a second: this window asked for less motion
  await page.click(".film-bar .primary");
  const stopped = await slider.inputValue();
  await expect.poll(painted, { timeout: 10_000 }).not.toBe(first);
  await page.mouse.wheel(0, 4000);
  await marked(page);
  expect(await slider.inputValue()).toBe(stopped);
  await page.locator(".replay-card select").first().selectOption("2");
  await page.locator('.replay-card h2:has-text("C")').waitFor();
  await page.locator(".comparison").waitFor();
  await page.locator('label:has-text("Compare") select').selectOption("1");
  expect(await page.locator(".comparison thead").innerText()).toContain("C − A");
  await page.context().close();
}, LONG_MS);

test("a phone reads all of it in Vietnamese, and nothing runs off its side", async () => {
  const page = await open(`/planner?nomap=1#${await simulated(server.url)}`, "vi", 390, 844);
  await page.waitForSelector(".comparison");
  await marked(page, "MÔ PHỎNG — không phải dữ liệu thật");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await page.locator(".comparison").innerText()).toMatch(/chưa thấy khác biệt|tốt hơn|kém hơn/);
  await page.mouse.wheel(0, 9000);
  await marked(page, "MÔ PHỎNG — không phải dữ liệu thật");
  expect(await breaches(page)).toEqual([]);
  await page.context().close();
}, LONG_MS);

test("a server that dies in the middle shows, and the simulation goes on where it was", async () => {
  const page = await open("/planner?nomap=1#new");
  await page.getByLabel("What do you ask?").fill("restart");
  await page.getByLabel("Replications", { exact: true }).fill("200");
  await page.click(".new-run button.primary");
  const progress = page.locator(".run-progress progress");
  await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value), { timeout: LONG_MS / 2 }).toBeGreaterThan(0);
  await server.kill();
  await page.locator('.run-progress:has-text("does not answer")').waitFor();
  expect(await progress.count()).toBe(1); // what was known stays
  await marked(page);
  await server.start();
  await page.locator('.run-progress:has-text("interrupted once"), .comparison').first().waitFor({ timeout: 60_000 });
  await page.locator(".planner-side .notice").waitFor({ state: "detached" });
  await page.waitForSelector(".comparison", { timeout: LONG_MS });
  town = await Town.open(server.url, "planner");
  const found = (await town.ask("GET", "/simulations")).simulations.find((one: { question: { en: string } }) => one.question.en === "restart");
  expect(found.resumed).toBeGreaterThan(0);
  expect([found.state, found.done]).toEqual(["done", 200]);
  await page.context().close();
}, 2 * LONG_MS);

test("whoever only looks starts nothing, and a simulation is removed at the second press", async () => {
  const id = await simulated(server.url);
  const looks = await openPage(server.url, "dispatcher", { path: `/planner?nomap=1#${id}`, ready: ".comparison" });
  expect(await looks.locator(".planner-side button, .run-progress button, .forget").count()).toBe(0);
  await looks.context().close();
  const page = await open(`/planner?nomap=1#${id}`);
  await page.locator('button:has-text("Remove this one")').click();
  await page.locator('button:has-text("Never mind")').click();
  await over(town, id); // still there
  await page.locator('button:has-text("Remove this one")').click();
  await page.locator('button:has-text("Remove for good")').click();
  await expect.poll(async () => (await town.ask("GET", "/simulations")).simulations.some((one: { id: string }) => one.id === id)).toBe(false);
  await page.context().close();
});
