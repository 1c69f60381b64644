/** What each person is shown and what not; both languages, small and large screens. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

async function open(...args: Parameters<typeof openPage>): Promise<Page> {
  const page = await openPage(...args);
  pages.push(page);
  return page;
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  await town.crewUp(6);
  const { id } = await town.incident("Đau ngực", "P2");
  const { units, hospitals } = await town.ask("GET", `/incidents/${id}/recommendation`);
  await town.ask("POST", `/incidents/${id}/runs`, {
    run_id: crypto.randomUUID(), unit_id: units[0].unit_id, hospital_id: hospitals[0]?.hospital_id, bed_kind: hospitals[0]?.bed_kind,
  });
  await town.incident("Khó thở");
  await town.ask("POST", "/calls", { phone: "0900 000 009", complaint: "Chóng mặt" });
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(async () => {
  await town.quiet();
  await closeBrowser();
});

test("the language changes in place and keeps what is being typed", async () => {
  const page = await open(url, "dispatcher", { language: "vi" });
  expect(await page.locator("html").getAttribute("lang")).toBe("vi");
  await page.fill("#phone", "0903 1");
  await page.click('button:has-text("English")');
  await page.waitForSelector('html[lang="en"]'); // the other language's words are fetched first
  expect(await page.locator(".intake h2").textContent()).toBe("Take a call");
  expect(await page.inputValue("#phone")).toBe("0903 1");
});

test("nothing runs out of the window on a small desk or a phone", async () => {
  for (const [width, height] of [[1366, 768], [390, 844]] as const) {
    for (const language of ["vi", "en"] as const) {
      const page = await open(url, "dispatcher", { width, height, language });
      await page.waitForSelector(".queue .line");
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      expect(wide).toBeLessThanOrEqual(seen!);
    }
  }
});

test("a demonstration says so on every page", async () => {
  for (const [user, path] of [["dispatcher", "/?nomap=1"], ["hospital", "/hospital"]] as const) {
    const page = await open(url, user, { path });
    expect(await page.locator(".demo-banner").textContent()).toMatch(/DEMONSTRATION/);
  }
});

test("a hospital's account that opens the console stands on its bed board", async () => {
  const page = await open(url, "hospital", { path: "/" });
  await page.waitForSelector(".bed-card");
  expect(new URL(page.url()).pathname).toBe("/hospital");
});

test("crews and planners read the board and are offered nothing the server would refuse", async () => {
  for (const [user, sentence] of [["crew", /Here you only read\. Jobs and milestones are on the crew/], ["planner", /Here you only read\. Figures/]] as const) {
    const page = await open(url, user);
    expect(await page.locator(".reader").textContent()).toMatch(sentence);
    await page.waitForSelector(".unit-line");
    const lines = page.locator(".queue .line");
    if (user === "planner") await lines.first().click();
    expect(await page.locator(".intake, .recommendation, button.send, .actions, button.step:not(:disabled)").count()).toBe(0);
  }
});

test("the bed board loads no map and little else", async () => {
  const page = await open(url, "hospital", { path: "/hospital", signIn: "none" });
  await page.waitForSelector(".login-card");
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource")
    .filter((entry) => entry.name.endsWith(".js")).map((entry) => (entry as PerformanceResourceTiming).decodedBodySize));
  expect(loaded.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
});

test("the API's own page draws without asking anybody else", async () => {
  const page = await openPage(url, "dispatcher", { path: "/docs", signIn: "none" });
  await page.waitForSelector(".opblock");
  // Only those in sight are drawn: the page is read as somebody reads it, downwards.
  const seen = new Set<string>();
  for (let screen = 0; screen < 12; screen += 1) {
    (await page.locator(".opblock-summary-control").allTextContents()).forEach((one) => seen.add(one));
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(200);
  }
  expect(seen.size).toBeGreaterThan(20);
  await page.context().close();
});
