/** The door: a wrong password, one tried too often, and a logout that counts for every window of the browser. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, enter, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";

const url = ourUrl();
const TRIES_THAT_COST_NOTHING = 5;
const stranger = `nobody-${Math.random().toString(36).slice(2, 8)}`;

beforeAll(openBrowser);
afterEach(expectNoFaults);
afterAll(closeBrowser);

async function attempt(page: Page, user: string, password: string): Promise<number> {
  await page.fill("[name=username]", user);
  await page.fill("[name=password]", password);
  const answer = page.waitForResponse("**/api/v1/login");
  await page.keyboard.press("Enter");
  return (await answer).status();
}

test("a wrong password is refused in a sentence, the name stays, and the right one opens the desk", async () => {
  const page = await openPage(url, "", { signIn: "none" });
  expect(await attempt(page, "dispatcher", "not this one")).toBe(401);
  await page.waitForSelector(".login-card [role=alert]");
  expect(await page.inputValue("[name=username]")).toBe("dispatcher");
  await enter(page, "dispatcher");
  expect(await page.locator(".login-card").count()).toBe(0);
  await page.context().close();
});

test("who tries one name too often is told how long to wait, and the others go in", async () => {
  const page = await openPage(url, "", { signIn: "none" });
  for (let tries = 0; tries < TRIES_THAT_COST_NOTHING; tries += 1) expect(await attempt(page, stranger, "a guess")).toBe(401);
  expect(await attempt(page, stranger, "a guess")).toBe(429);
  await expect.poll(() => page.locator(".login-card [role=alert]").innerText()).toMatch(/\d/);
  await enter(page, "dispatcher");
  await page.context().close();
});

test("a logout in one window ends every window of the browser, and none has a line or its boards any more", async () => {
  const page = await openPage(url, "dispatcher", { signIn: "own" });
  const other = await page.context().newPage();
  const lines: string[] = [];
  other.on("websocket", (line) => {
    if (!line.url().includes("/api/")) return;
    lines.push("open");
    line.on("close", () => lines.pop());
  });
  await other.goto(`${url}/?nomap=1`);
  await other.waitForSelector(".lamp.live");
  expect(lines.length).toBe(1);
  await page.getByRole("button", { name: "Sign out" }).first().click();
  for (const window of [page, other]) {
    await window.waitForSelector(".login-card");
    expect(await window.locator(".lamp, .queue, .alarms").count()).toBe(0);
  }
  await expect.poll(() => lines).toEqual([]);
  expect(await page.context().request.get(`${url}/api/v1/me`).then((answer) => answer.status())).toBe(401);
  await page.context().close();
});
