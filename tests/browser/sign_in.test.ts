/** The door of a centre with codes and another sign-in: a phone set up, codes on paper, a session's end, in and out elsewhere. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { phoneCode } from "./phone_codes";
import { openProvider, type Provider } from "./provider";
import { Server } from "./server";

const CHIEF = { name: "chi", password: "a good password" };
/** A little more than the quarter of an hour in which a page warns: the warning comes half a minute after a sign-in. */
const LONGEST_S = 15 * 60 + 30;
const WANTS = { name: "lan", password: "another good password" };
const pages: Page[] = [];
let provider: Provider;
let server: Server;

const signInRules = (url: string) => `
[sessions]
longest_h = ${LONGEST_S / 3600}
[second_factor]
required = ["supervisor"]
[oidc]
issuer = "${provider.issuer}"
client_id = "vigil"
client_secret_file = "oidc-secret"
public_url = "${url}"
name = { vi = "Sở Y tế", en = "Department of Health" }
roles = { "vigil-desk" = "dispatcher" }
`;

beforeAll(async () => {
  await openBrowser();
  provider = await openProvider();
  server = await Server.open([], (url) => ({ "sign-in.toml": signInRules(url), "oidc-secret": "hush" }));
  server.addUser(CHIEF.name, "supervisor", CHIEF.password);
  server.addUser(WANTS.name, "dispatcher", WANTS.password);
}, 300_000); // a server of its own starts beside others
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(async () => {
  await closeBrowser();
  provider?.close();
  await server?.close();
});

async function door(): Promise<Page> {
  const page = await openPage(server.url, "", { signIn: "none", also: provider.issuer });
  pages.push(page);
  await page.waitForSelector(".login-card");
  return page;
}

async function password(page: Page): Promise<void> {
  await page.fill("[name=username]", CHIEF.name);
  await page.fill("[name=password]", CHIEF.password);
  await page.keyboard.press("Enter");
}

async function code(page: Page, said: string): Promise<void> {
  await page.fill("[name=code]", said);
  await page.keyboard.press("Enter");
}

/** What a printer would get while the codes stand there: them, and nothing else of the page. */
async function expectOnPaper(page: Page, codes: string[]): Promise<void> {
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".gate-sheet li").allInnerTexts()).toEqual(codes);
  expect(await page.locator(".gate-sheet").isVisible()).toBe(true);
  expect(await page.locator("#root").isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  expect(await page.locator(".gate-sheet").isVisible()).toBe(false);
}

let key: string;
let paper: string[];

test("a phone is set up at the first sign-in, a wrong code is refused, and the codes for paper are shown once", async () => {
  const page = await door();
  await password(page);
  await page.waitForSelector(".gate-enrol");
  expect(await page.locator(".gate-enrol img").evaluate((square: HTMLImageElement) => square.naturalWidth)).toBeGreaterThan(100);
  key = (await page.textContent(".gate-enrol code"))!;
  expect(await breaches(page)).toEqual([]);
  const right = phoneCode(key);
  await code(page, String((Number(right) + 1) % 1_000_000).padStart(6, "0"));
  await page.waitForSelector(".login-card .notice");
  expect(await page.textContent(".gate-enrol code")).toBe(key); // the same square: the phone need not be set up again
  await code(page, phoneCode(key));
  await page.waitForSelector(".gate-paper");
  paper = await page.locator(".gate-paper li").allInnerTexts();
  expect(new Set(paper).size).toBe(10);
  await expectOnPaper(page, paper);
  expect(await breaches(page)).toEqual([]);
  await page.getByRole("button", { name: "I have put them away" }).click();
  await page.waitForURL("**/supervisor");
  await page.goto(server.url);
  await page.waitForSelector(".lamp.live");
  expect(await page.locator(".gate-paper").count()).toBe(0);
});

test("with the phone the code is asked for after the password; without it a code from paper opens the door once", async () => {
  const phone = await door();
  await password(phone);
  await phone.waitForSelector("[name=code]");
  expect(await phone.locator(".gate-enrol").count()).toBe(0);
  await code(phone, phoneCode(key, 1));
  await phone.waitForURL("**/supervisor");

  for (const opens of [true, false]) {
    const page = await door();
    await password(page);
    await page.waitForSelector("[name=code]");
    await code(page, paper[0]!);
    if (opens) await page.waitForURL("**/supervisor");
    else {
      await page.waitForSelector(".login-card .notice");
      expect(new URL(page.url()).pathname).toBe("/");
    }
  }
});

test("who need not have a code adds one from the desk: the password again, a wrong code ends nothing, paper once", async () => {
  const page = await door();
  await page.fill("[name=username]", WANTS.name);
  await page.fill("[name=password]", WANTS.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".lamp.live");
  await page.fill("#phone", "0903 777 888");
  await page.click(".own-account > button");
  await page.getByRole("button", { name: "Add a code from the phone…" }).click();
  await page.fill(".own-code [name=password]", "not this one");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".own-code .notice");
  await page.fill(".own-code [name=password]", WANTS.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".own-code .gate-enrol");
  expect(await breaches(page)).toEqual([]);
  const own = (await page.textContent(".own-code .gate-enrol code"))!;
  await page.fill(".own-code [name=code]", "12 34");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".own-code .notice");
  expect(await page.locator(".login-over").count()).toBe(0);
  await page.fill(".own-code [name=code]", phoneCode(own));
  await page.keyboard.press("Enter");
  await page.waitForSelector(".own-account .gate-paper");
  const codes = await page.locator(".own-account .gate-paper li").allInnerTexts();
  expect(codes.length).toBe(10);
  await expectOnPaper(page, codes);
  await page.getByRole("button", { name: "I have put them away" }).click();
  await page.waitForSelector('.own-account .display-menu:has-text("A code from the phone is asked for")');
  expect(await page.inputValue("#phone")).toBe("0903 777 888");

  const again = await door();
  await again.fill("[name=username]", WANTS.name);
  await again.fill("[name=password]", WANTS.password);
  await again.keyboard.press("Enter");
  await again.waitForSelector("[name=code]");
  await code(again, phoneCode(own, 1));
  await again.waitForSelector(".lamp.live");
});

test("who signs in elsewhere comes back to the desk, and a logout ends both sessions", async () => {
  const page = await door();
  await page.getByRole("link", { name: "Department of Health" }).click();
  await page.waitForSelector(".lamp.live");
  expect(await page.locator("header.top").innerText()).toContain("lan.nguyen");
  expect(new URL(page.url()).search).toBe("");
  expect(await provider.left()).toEqual([]);
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await page.waitForSelector(".login-card");
  await expect.poll(() => provider.left()).toEqual(["p-1"]);
  expect(await page.context().request.get(`${server.url}/api/v1/me`).then((answer) => answer.status())).toBe(401);
});

test("before a session ends the desk says so, and a new sign-in beside the work takes nothing half typed away", async () => {
  const page = await openPage(server.url, "dispatcher", { signIn: "own", also: provider.issuer });
  pages.push(page);
  await page.fill("#phone", "0903 777 888");
  await page.locator(".intake label", { hasText: "Reason for the call" }).locator("input").fill("Đau ngực");
  await page.fill("#command", "NT nước ngập");
  expect(await page.locator(".gate-ends").count()).toBe(0); // more than a quarter of an hour is left
  await page.locator("#phone").focus();
  await page.waitForSelector(".gate-ends", { timeout: 60_000 });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("phone"); // it takes no focus
  const before = (await (await page.context().request.get(`${server.url}/api/v1/me`)).json()).session_ends_at as string;
  await page.locator(".gate-ends button").click();
  await page.waitForSelector(".login-beside .login-card");
  expect(await breaches(page)).toEqual([]);
  await page.fill(".login-beside [name=username]", "dispatcher");
  await page.fill(".login-beside [name=password]", "demo");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".gate-ends", { state: "detached" });
  await page.waitForSelector(".lamp.live");
  const after = (await (await page.context().request.get(`${server.url}/api/v1/me`)).json()).session_ends_at as string;
  expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  expect(await page.inputValue("#phone")).toBe("0903 777 888");
  expect(await page.locator(".intake label", { hasText: "Reason for the call" }).locator("input").inputValue()).toBe("Đau ngực");
  expect(await page.inputValue("#command")).toBe("NT nước ngập");
});
