/** The server dies under a busy desk and comes back. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, enter, expectNoFaults, openBrowser, openPage } from "./desk";
import { different } from "./same";
import { Server } from "./server";
import { Town } from "./town";

let server: Server;

beforeAll(async () => {
  await openBrowser();
  server = await Server.open();
});
afterEach(expectNoFaults);
afterAll(async () => {
  await closeBrowser();
  await server.close();
});

test("a dead server shows in under three seconds; typed text stays; the desk catches up by itself", async () => {
  const town = await Town.open(server.url);
  await town.crewUp(4);
  const before = await town.incident("before the cut");
  const page = await openPage(server.url, "dispatcher");
  await page.waitForSelector(`.queue .line:has-text("#${before.number}")`);
  await page.keyboard.press("F2");
  await page.keyboard.type("0903 777 888");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Anh B");
  await page.fill("#command", "NT nước ngập đến đầu gối");
  await page.locator(".intake input").nth(1).focus();
  await page.keyboard.press("End");

  await server.kill();
  const cut = Date.now();
  await page.waitForSelector(".lamp.cut", { timeout: 3000 });
  expect(Date.now() - cut).toBeLessThan(3000);
  await page.keyboard.type("ình"); // nothing takes the focus away
  expect(await page.locator(".queue .line").count()).toBeGreaterThan(0); // what was known stays

  await server.start();
  const again = await Town.open(server.url);
  const after = await again.incident("after the cut");
  await page.waitForSelector(".lamp.live", { timeout: 15_000 });
  await page.waitForSelector(`.queue .line:has-text("#${after.number}")`);
  expect(await page.inputValue("#phone")).toBe("0903 777 888");
  expect(await page.inputValue("#command")).toBe("NT nước ngập đến đầu gối");
  expect(await page.locator(".intake input").nth(1).inputValue()).toBe("Anh Bình");

  const held = await page.evaluate(() => [...document.querySelectorAll(".queue .number")].map((node) => node.textContent).sort());
  const open = (await again.ask("GET", "/incidents")).map((row: { number: number }) => `#${row.number}`).sort();
  expect(held).toEqual(open);
  await expect.poll(() => different(page, again), { timeout: 15_000 }).toEqual([]);
});

const fill = async (page: Page, complaint: string) => {
  await page.fill("#phone", "0903 999 000");
  await page.locator(".intake label", { hasText: "Reason for the call" }).locator("input").fill(complaint);
};

const stored = async (complaint: string) =>
  ((await (await Town.open(server.url)).ask("GET", "/calls")) as { complaint: string }[])
    .filter((call) => call.complaint === complaint).length;

test("an answer lost on its way is asked for again under the same key, and the call is stored once", async () => {
  const page = await openPage(server.url, "dispatcher");
  let lost = 0;
  await page.route("**/api/v1/calls", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    await route.fetch(); // the server stores it
    lost += 1;
    await route.abort(); // and nobody hears of it
  });
  await fill(page, "answer lost");
  await page.keyboard.press("Enter");
  await page.waitForSelector('.call-facts:has-text("answer lost")');
  expect([lost, await stored("answer lost")]).toEqual([1, 1]);
});

test("a call whose answer died with the server and one that never reached it are each stored once after the restart", async () => {
  const page = await openPage(server.url, "dispatcher");
  const late = await openPage(server.url, "dispatcher");
  let lost = 0;
  await page.route("**/api/v1/calls", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost += 1;
    await route.fetch(); // it is in the log
    await server.kill(); // and nobody is left to say so
    await route.abort();
  });
  await fill(late, "during the outage");
  await fill(page, "answer lost with the server");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".lamp.cut");
  // At the other desk a call is sent while nobody is there: it says so and stays as typed.
  await late.keyboard.press("Enter");
  await late.waitForSelector('.intake button:has-text("sending")');
  await late.waitForSelector(".intake [role=alert].notice", { timeout: 20_000 });
  expect(await late.locator(".intake [role=alert].notice").textContent()).toMatch(/Not sent/);
  expect(await late.inputValue("#phone")).toBe("0903 999 000");

  await server.start();
  await page.waitForSelector(".lamp.live", { timeout: 15_000 });
  // The window may have found the server again by itself; else the person sends what still stands there.
  const taken = page.locator('.call-facts:has-text("answer lost with the server")');
  const unsure = page.locator(".intake [role=alert].notice");
  await taken.or(unsure).first().waitFor({ timeout: 20_000 });
  if (!(await taken.count())) {
    await page.focus("#phone");
    await page.keyboard.press("Enter");
    await taken.waitFor();
  }
  expect([lost, await stored("answer lost with the server")]).toEqual([1, 1]);

  await late.waitForSelector(".lamp.live", { timeout: 15_000 });
  await late.focus("#phone");
  await late.keyboard.press("Enter");
  await late.waitForSelector('.call-facts:has-text("during the outage")');
  expect(await stored("during the outage")).toBe(1);
});

test("a session that ends in mid-shift asks to sign in above the desk and keeps what was typed", async () => {
  const page = await openPage(server.url, "dispatcher", { signIn: "own" });
  await page.keyboard.press("F2");
  await page.waitForSelector("#phone:focus"); // the form takes the focus a moment after the key
  await page.keyboard.type("0903 111");
  const complaint = page.locator(".intake label", { hasText: "Reason for the call" }).locator("input");
  await complaint.fill("late in the shift");
  await page.evaluate(() => fetch("/api/v1/logout", { method: "POST" }));
  await page.waitForSelector(".login-over"); // by itself: nobody has to send something to hear of it
  await enter(page, "dispatcher");
  await page.waitForSelector(".login-over", { state: "detached" });
  expect(await page.inputValue("#phone")).toBe("0903 111");
  expect(await complaint.inputValue()).toBe("late in the shift");
});
