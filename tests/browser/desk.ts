/** Chromium and its pages. Every page is watched: a script error or a request to elsewhere fails the test. */
import axe from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { expect } from "vitest";

let browser: Browser | null = null;
const faults: string[] = [];

export async function openBrowser(): Promise<void> {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--no-first-run",
    ],
  });
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = null;
}

type Options = {
  path?: string; language?: "vi" | "en"; width?: number; height?: number;
  /** "shared" takes up the session of an earlier window of this user; "own" signs in anew; "none" stops at the login. */
  signIn?: "shared" | "own" | "none";
  /** What stands there when the page is up; null does not wait. */
  ready?: string | null;
  /** Another address that this window may go to, such as a provider of sign-ins. */
  also?: string;
};

/** A fresh window of `user`, signed in. The map is left out unless the path asks for it. */
export async function openPage(url: string, user: string, options: Options = {}): Promise<Page> {
  const { path = "/?nomap=1", language = "en", width = 1366, height = 768, signIn = "shared", ready = ".lamp.live", also } = options;
  const context = await browser!.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
  if (signIn === "shared") await context.addCookies([await session(url, user)]);
  await context.addInitScript((chosen) => {
    if (localStorage.getItem("vigil.language") === null) localStorage.setItem("vigil.language", chosen);
  }, language);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (line) => {
    if (line.text().startsWith("no words")) faults.push(line.text());
  });
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(url) && !(also && address.startsWith(also)) && !/^(blob|data):/.test(address)) faults.push(`request to elsewhere: ${address}`);
  });
  await page.goto(url + path);
  if (signIn === "own") await enter(page, user);
  if (signIn === "shared" && ready) await page.waitForSelector(ready);
  return page;
}

const sessions = new Map<string, string>();

/** Checking a password is slow on purpose; one session a user is enough for most tests. */
async function session(url: string, user: string) {
  const known = sessions.get(url + user);
  const value = known ?? await signIn(url, user);
  sessions.set(url + user, value);
  return { name: "vigil_session", value, url, httpOnly: true, sameSite: "Strict" as const };
}

async function signIn(url: string, user: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/login`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ username: user, password: "demo" }),
  });
  return ((await answer.json()) as { token: string }).token;
}

export async function enter(page: Page, user: string): Promise<void> {
  await page.fill("[name=username]", user);
  await page.fill("[name=password]", "demo");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".lamp.live");
}

export function expectNoFaults(): void {
  expect(faults.splice(0)).toEqual([]);
}

/** Breaches of WCAG 2.0 to 2.2, A and AA, as far as a machine sees them. */
export async function breaches(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const checker = (window as unknown as { axe: typeof axe }).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations, passes } = await checker.run(document, { runOnly: { type: "tag", values: tags } });
    if (passes.length < 10) return [`only ${passes.length} rules had anything to check`];
    return violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target.join(" ")} — ${node.failureSummary ?? ""}`));
  });
}
