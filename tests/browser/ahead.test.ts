/** One hour ahead: opened by whoever wants it, advice only, in nobody's way. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
const ASKED = /\/look-ahead$/;
let town: Town;
let number: number;
const pages: Page[] = [];

/** The desk with the advice for an incident that waits, and how often a look ahead was asked for. */
async function advised(language: "vi" | "en" = "en"): Promise<{ page: Page; asked: () => number }> {
  const page = await openPage(url, "dispatcher", { language });
  pages.push(page);
  let count = 0;
  page.on("request", (request) => { count += Number(ASKED.test(new URL(request.url()).pathname)); });
  await page.locator(".queue .line:not(.call-line)", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  return { page, asked: () => count };
}

const answered = (page: Page) => page.waitForSelector(".ahead-room li", { timeout: 90_000 });

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  await town.crewUp(6);
  const waiting = await town.incident("Khó thở, tím môi");
  number = waiting.number;
  // The cells of the coverage are drawn beside the desk, and kernels load with the first question.
  const first = () => town.ask("GET", `/incidents/${waiting.id}/look-ahead?futures=20`).catch(() => null);
  while (await first() === null) await new Promise((done) => setTimeout(done, 1000));
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(async () => {
  await town.quiet();
  await closeBrowser();
});

test("it asks nothing until it is opened by key, then compares the first units and moves nothing above it", async () => {
  const { page, asked } = await advised();
  await page.waitForTimeout(3000);
  expect(asked()).toBe(0);
  await page.locator(".ahead summary").focus(); // which brings it into view
  const before = await page.locator("button.send").boundingBox();
  await page.keyboard.press("Enter");
  await answered(page);
  expect(asked()).toBe(1);
  expect(await page.locator("button.send").boundingBox()).toEqual(before);
  const ranked = await page.locator(".choice-row .callsign").allTextContents();
  expect(await page.locator(".ahead-room li .callsign").allTextContents()).toEqual(ranked.slice(0, 3));
  expect(await page.locator(".ahead-room li").first().textContent()).toMatch(/\d\.\d \(\d+\.\d–\d+\.\d\)first, compared with/);
  const room = await page.locator(".ahead-room").textContent();
  expect(room).toMatch(/played \d+ times/);
  expect(room).toContain("Sends nobody");
  expect(await breaches(page)).toEqual([]);
  await page.waitForTimeout(4000);
  expect(asked()).toBe(1); // never by itself
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Reckon again");
  await page.keyboard.press("Enter");
  await expect.poll(asked).toBe(2);
});

test("the log has nothing of it, and the order of the advice stays what it was", async () => {
  const { page } = await advised("vi");
  const place = async () => (await town.ask("GET", "/events?after=999999999")).position;
  const at = await place();
  const ranked = await page.locator(".choice-row .callsign").allTextContents();
  await page.locator(".ahead summary").press("Enter");
  await answered(page);
  expect(await page.locator(".ahead-room").textContent()).toContain("không ghi vào nhật ký");
  expect(await place()).toBe(at);
  expect(await page.locator(".choice-row .callsign").allTextContents()).toEqual(ranked);
});

test("a server that is not done is asked again, and one that is busy is quoted", async () => {
  const { page, asked } = await advised("vi");
  const problem = (status: number, detail: string) => ({
    status, contentType: "application/problem+json", body: JSON.stringify({ type: "urn:vigil:X", title: "x", status, detail }),
  });
  await page.route(ASKED, (route) => asked() === 1 ? route.fulfill(problem(429, "Bàn này đang có một lượt nhìn trước chưa tính xong."))
    : route.fulfill(problem(503, "Các bàn khác đang nhìn trước.")));
  await page.locator(".ahead summary").press("Enter");
  await page.waitForSelector(".ahead-room:has-text('Vẫn đang tính…')");
  await page.waitForSelector(".ahead-room .notice:has-text('Các bàn khác đang nhìn trước.')");
  expect(asked()).toBe(2);
  await page.unroute(ASKED);
  await page.click(".ahead-age button");
  await answered(page);
  expect(await page.locator(".ahead-room .notice").count()).toBe(0);
});
