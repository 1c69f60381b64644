/** The administrator's page: somebody is added, signs in, is stopped and let in again; devices and links; all is on record. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { cutOff } from "./eyes";
import { LANGUAGES, THEMES, turnLanguage, turnTheme } from "./looking";
import { ourUrl } from "./ours";
import { SIZES } from "./screens";

const url = ourUrl();
const PASSWORD = "a good password";
const TABS = ["people", "sessions", "devices", "links", "sign_in", "record"];
const name = `lan-${Math.random().toString(36).slice(2, 8)}`;
const open = (user = "admin") => openPage(url, user, { path: "/admin" });

beforeAll(openBrowser);
afterEach(expectNoFaults);
afterAll(closeBrowser);

async function signIn(page: Page, user: string, password: string): Promise<void> {
  await page.fill("[name=username]", user);
  await page.fill("[name=password]", password);
  await page.keyboard.press("Enter");
}

async function record(page: Page): Promise<string> {
  await page.click('.tabs a[href="#record"]');
  await page.waitForSelector(".table-box tbody tr");
  const first = await page.locator(".table-box tbody tr").first().innerText();
  await page.click('.tabs a[href="#people"]');
  return first;
}

test("somebody is added, lands on their page, is stopped at once, and may come back", async () => {
  const page = await open();
  const form = page.getByRole("region", { name: "Add an account" });
  await form.getByLabel("User name").fill(name);
  await form.getByLabel("Password").fill("short");
  await form.getByRole("button", { name: "Add" }).click();
  await page.waitForSelector("text=between 8 and 128"); // refused, and what was typed stays
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByLabel("Role").selectOption("supervisor");
  await form.getByRole("button", { name: "Add" }).click();
  await page.waitForSelector(`text=${name} may sign in`);
  expect(await record(page)).toMatch(new RegExp(`admin\\s+account added\\s+${name}`));

  const theirs = await openPage(url, "", { path: "/", signIn: "none" });
  await signIn(theirs, name, PASSWORD);
  await theirs.waitForURL(`${url}/supervisor`);
  await theirs.waitForSelector(".lamp.live");

  await page.getByRole("button", { name: `Change ${name}` }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  expect(await theirs.locator(".lamp.live").count()).toBe(1); // asked first, nothing done yet
  await page.locator(".admin-sure button.danger").click();
  await page.waitForSelector("text=stopped since");
  await theirs.waitForSelector(".login-over"); // within the moment, without a reload
  await signIn(theirs, name, PASSWORD);
  await theirs.waitForSelector("text=This account is stopped");

  await page.getByRole("button", { name: "Let in again" }).click();
  await page.waitForSelector("text=They may sign in again.");
  await signIn(theirs, name, PASSWORD);
  await theirs.waitForSelector(".lamp.live");
  await theirs.context().close();
  await page.context().close();
});

test("a session is ended from the list of them, and one's own is not on offer", async () => {
  const theirs = await openPage(url, "", { path: "/?nomap=1", signIn: "none" });
  await signIn(theirs, name, PASSWORD);
  await theirs.waitForSelector(".lamp.live");
  const page = await open();
  await page.click('.tabs a[href="#sessions"]');
  const line = page.locator(".admin-list li", { hasText: name }).first();
  await line.getByRole("button", { name: "End the session" }).click();
  await line.locator("button.danger").click();
  await theirs.waitForSelector(".login-over");
  expect(await page.locator(".admin-list li", { hasText: "your own" }).getByRole("button").count()).toBe(0);
  await theirs.context().close();
  await page.context().close();
});

test("nobody can stop or remove themselves", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Change admin" }).click();
  await page.waitForSelector("text=This is your own account");
  for (const words of ["Stop", "Remove the account", "Change the role"]) {
    expect(await page.getByRole("button", { name: words, exact: true }).count()).toBe(0);
  }
  await page.context().close();
});

test("a device is entered, its token shown once, and removed", async () => {
  const page = await open();
  await page.click('.tabs a[href="#devices"]');
  await page.locator(".admin-form select").first().selectOption({ index: 1 });
  await page.getByRole("button", { name: "Add the device" }).click();
  const token = await page.locator(".admin-made code").nth(1).innerText();
  expect(token).toMatch(/^[a-z2-7]{24}$/);
  await page.getByRole("button", { name: "It is typed in" }).click();
  expect(await page.content()).not.toContain(token);
  await page.locator(".admin-list").getByRole("button", { name: "Remove the device" }).click();
  await page.locator(".admin-sure button.danger").click();
  await page.waitForSelector("text=There are no devices yet.");
  await page.context().close();
});

test("the account is removed, and what was done stays on record", async () => {
  const page = await open();
  await page.getByRole("button", { name: `Change ${name}` }).click();
  await page.getByRole("button", { name: "Remove the account" }).click();
  await page.locator(".admin-sure button.danger").click();
  await page.waitForSelector(`.admin-list b:text-is("${name}")`, { state: "detached" });
  expect(await record(page)).toMatch(new RegExp(`admin\\s+account removed\\s+${name}`));
  await page.context().close();
});

test("whoever is no administrator sees nothing of it", async () => {
  const page = await open("supervisor");
  await page.waitForSelector("text=This page is for administrators.");
  expect(await page.locator(".tabs").count()).toBe(0);
  await page.context().close();
});

test.each(TABS)("%s can be read by everybody, in both languages and themes, on desk and phone", async (tab) => {
  const page = await openPage(url, "admin", { path: `/admin#${tab}`, language: "vi" });
  await page.waitForSelector(".card.wide");
  for (const language of LANGUAGES) for (const theme of THEMES) {
    await turnLanguage(page, language);
    await turnTheme(page, theme);
    expect([language, theme, await breaches(page)]).toEqual([language, theme, []]);
  }
  for (const size of ["desk", "small", "phone"] as const) {
    const [width, height] = SIZES[size];
    await page.setViewportSize({ width, height });
    expect([size, await cutOff(page)]).toEqual([size, []]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    if (process.env.VIGIL_LOOK) await page.screenshot({ path: `${process.env.VIGIL_LOOK}/admin-${tab}-${size}.png` });
  }
  await page.context().close();
});
