/** Whoever leaves is gone: without a line, from every window, for whoever signs in after them, and for the browser's Back. */
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
const COMPLAINT = "đau ngực dữ dội của ông Tám";
let browser: Browser;
let context: BrowserContext;
let town: Town;
const faults: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking", "--no-first-run"],
  });
  town = await Town.open(url);
  await town.incident(COMPLAINT);
});
afterEach(async () => {
  await context?.close();
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await town?.quiet();
  await browser?.close();
});

async function open(): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: "reduce" });
  await context.addInitScript(() => localStorage.setItem("vigil.language", "en"));
}

async function window(path: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(url + path);
  return page;
}

async function signIn(page: Page, user: string): Promise<void> {
  await page.fill("[name=username]", user);
  await page.fill("[name=password]", "demo");
  await page.keyboard.press("Enter");
}

async function desk(path = "/?nomap=1"): Promise<Page> {
  const page = await window(path);
  await signIn(page, "dispatcher");
  await page.waitForSelector(`text=${COMPLAINT}`);
  return page;
}

const signOut = (page: Page) => page.getByRole("button", { name: "Sign out" }).first().click();
const tells = async (page: Page) => (await page.locator("body").innerText()).includes(COMPLAINT);
const whoAmI = async () => (await context.request.get(`${url}/api/v1/me`)).status();

test("a sign-out without a line shows nothing any more at once, and the server hears of it when the line is back", async () => {
  await open();
  const page = await desk();
  const other = await window("/?nomap=1");
  await other.waitForSelector(`text=${COMPLAINT}`);
  await context.setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  await signOut(page);
  for (const one of [page, other]) {
    await expect.poll(() => tells(one), { timeout: 2_000 }).toBe(false);
    await one.waitForSelector(".login-card", { timeout: 15_000 });
  }
  expect(await page.locator(".login-card").innerText()).toContain("You are signed out here");
  await context.setOffline(false);
  await expect.poll(whoAmI, { timeout: 15_000 }).toBe(401);
  await signIn(page, "dispatcher");
  await page.waitForSelector(`text=${COMPLAINT}`);
});

test("a window closed before the server heard of the sign-out opens nothing when it is opened again", async () => {
  await open();
  const page = await desk();
  await page.route("**/api/v1/logout", (route) => route.abort());
  await signOut(page);
  await page.waitForSelector(".login-card");
  expect(await whoAmI()).toBe(200);
  await page.close();
  const again = await window("/?nomap=1");
  await again.waitForSelector(".login-card");
  expect(await tells(again)).toBe(false);
  expect(await whoAmI()).toBe(401);
  await again.waitForTimeout(1_000);
  expect(await tells(again)).toBe(false);
});

test("another account that signs in in a second window takes the first along: nobody works on under a name that is not theirs", async () => {
  await open();
  const first = await desk();
  await first.fill("#phone", "0903 777 888");
  const second = await window("/planner");
  await context.clearCookies();
  await second.reload();
  await signIn(second, "hospital");
  await second.waitForLoadState();
  await expect.poll(() => first.locator("header.top, main").allInnerTexts().then((all) => all.join(" ").includes("dispatcher")), { timeout: 10_000 }).toBe(false);
  await first.waitForTimeout(1_000);
  expect(await tells(first)).toBe(false);
});

test("a desk that comes back from a cut line asks who sits here now", async () => {
  await open();
  const page = await desk();
  const { token } = (await (await fetch(`${url}/api/v1/login`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ username: "supervisor", password: "demo" }),
  })).json()) as { token: string };
  await context.setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  await context.addCookies([{ name: "vigil_session", value: token, url, httpOnly: true, sameSite: "Strict" }]);
  await context.setOffline(false);
  await page.waitForSelector('header.top:has-text("supervisor")', { timeout: 15_000 });
});

test("two windows of one account: both go on when one signs in anew, both end when one signs out", async () => {
  await open();
  const first = await desk();
  const second = await window("/?nomap=1");
  await second.waitForSelector(`text=${COMPLAINT}`);
  await first.fill("#phone", "0903 777 888");
  await signOut(second);
  for (const page of [first, second]) {
    await page.waitForSelector(".login-card");
    expect(await tells(page)).toBe(false);
  }
  await signIn(second, "dispatcher");
  for (const page of [first, second]) await page.waitForSelector(`text=${COMPLAINT}`, { timeout: 15_000 });
  expect(await first.inputValue("#phone")).toBe(""); // what was half typed went with whoever left
});

test("the browser's Back after a sign-out shows nothing of anybody", async () => {
  await open();
  const page = await desk();
  await page.goto(`${url}/docs`);
  const other = await window("/docs");
  await other.evaluate(() => fetch("/api/v1/logout", { method: "POST" })); // no page of ours tells the first of it
  await page.goBack({ waitUntil: "commit" });
  await page.waitForSelector(".login-card");
  expect(await tells(page)).toBe(false);
});
