/** A desk that was away: a lid closed for an hour, a line cut for ten minutes. It comes back right, and the typed text with it. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { different } from "./same";
import { Town } from "./town";

const url = ourUrl();
const WITHIN = { timeout: 20_000 };
let town: Town;

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  await town.crewUp(4);
});
afterEach(expectNoFaults);
afterAll(async () => {
  await town.quiet();
  await closeBrowser();
});

/** A desk with a clock of its own, and a call half typed. */
async function deskWithClock(cut: () => boolean): Promise<Page> {
  const page = await openPage(url, "dispatcher", { path: "/healthz", ready: null });
  await page.clock.install();
  await page.routeWebSocket("**/api/v1/live*", (client) => {
    if (cut()) return void client.close();
    const server = client.connectToServer();
    server.onMessage((message) => {
      if (cut()) void client.close();
      else client.send(message);
    });
  });
  await page.route("**/api/**", (route) => (cut() ? route.abort() : route.continue()));
  await page.goto(`${url}/?nomap=1`);
  await page.waitForSelector(".lamp.live", WITHIN);
  await page.fill("#phone", "0903 555 7");
  return page;
}

/** How far the wall clock of the desk is from the server's, seconds. */
async function clockError(page: Page): Promise<number> {
  const shown = (await page.locator(".wall-clock").textContent())!;
  const right = new Intl.DateTimeFormat("en-GB", {
    timeZone: town.city.timezone as string, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  }).format(new Date());
  const seconds = (text: string) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.abs(seconds(shown) - seconds(right));
}

test("a laptop that slept for an hour has the right time and the whole board again, and the call that was half typed", async () => {
  const page = await deskWithClock(() => false);
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  const missed = await town.incident("while the lid was closed");
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await page.clock.fastForward("01:00:00"); // its own clock went on; its timers did not
  await page.waitForSelector(`.queue .line:has-text("#${missed.number}")`, WITHIN);
  await page.waitForSelector(".lamp.live", WITHIN);
  await expect.poll(() => clockError(page), WITHIN).toBeLessThan(5);
  expect(await page.inputValue("#phone")).toBe("0903 555 7");
  await expect.poll(() => different(page, town), WITHIN).toEqual([]);
  await page.context().close();
});

test("a line that is cut for ten minutes shows in under three seconds, says how long, and all is there when it is back", async () => {
  let cut = false;
  const page = await deskWithClock(() => cut);
  cut = true;
  await page.waitForSelector(".lamp.cut", { timeout: 3_000 });
  const missed = await town.incident("while the line was cut");
  await page.clock.fastForward("10:00");
  await expect.poll(() => page.locator(".lamp.cut").textContent(), WITHIN).toMatch(/1\d:\d\d/);
  await page.locator("#phone").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("89"); // nobody took the focus, nothing was lost
  expect(await page.locator(".queue .line", { hasText: `#${missed.number}` }).count()).toBe(0);
  cut = false;
  await page.waitForSelector(".lamp.live", WITHIN);
  await page.waitForSelector(`.queue .line:has-text("#${missed.number}")`, WITHIN);
  expect(await page.inputValue("#phone")).toBe("0903 555 789");
  await expect.poll(() => clockError(page), WITHIN).toBeLessThan(5);
  await expect.poll(() => different(page, town), WITHIN).toEqual([]);
  await page.context().close();
});
