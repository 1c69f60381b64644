/** Every screen for everybody: WCAG in both languages and themes, by keyboard, twice as large, calm, in the system's own colours. */
import { randomUUID } from "node:crypto";

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser } from "./desk";
import { cutOff, focusRound, restless, unframed } from "./eyes";
import { LANGUAGES, openScreen, THEMES, turnLanguage, turnTheme } from "./looking";
import { closeMachines } from "./machines";
import { ourUrl } from "./ours";
import { setScene, type Scene } from "./scene";
import { SCREENS, SIZES } from "./screens";
import { Town } from "./town";

const url = ourUrl();
let scene: Scene;
let alarm: string;

beforeAll(async () => {
  await openBrowser();
  scene = await setScene(await Town.open(url));
  // The line of alarms takes room at the top of every desk: all is looked at beneath a crew's call for help.
  alarm = await callForHelp(scene);
});
afterEach(expectNoFaults);
afterAll(async () => {
  try {
    await scene.town.ask("POST", `/crew-alarms/${alarm}/acknowledge`);
    await scene.town.ask("POST", `/crew-alarms/${alarm}/close`, { outcome: "false_alarm" });
    await scene.town.quiet();
  } finally {
    await closeBrowser();
    await closeMachines();
  }
});

/** Of a crew that is on no phone of these tests. */
async function callForHelp({ town, crew }: Scene): Promise<string> {
  const units = (await town.ask("GET", "/units")) as { callsign: string; duty: string; incident_id: string | null }[];
  const other = units.find((unit) => unit.duty === "on_duty" && unit.callsign !== crew && !unit.incident_id)!;
  const id = randomUUID();
  await town.ask("POST", `/units/${other.callsign}/sos`, { id });
  return id;
}

/** As long as the page is: a bar that stays at the foot of a window hides what one would scroll to. */
async function wholePage<T>(page: Page, look: () => Promise<T>): Promise<T> {
  const { width, height } = page.viewportSize()!;
  const long = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, long) });
  const seen = await look();
  await page.setViewportSize({ width, height });
  return seen;
}

/** What of its texts is cut off, on every size it is used at. */
async function cut(page: Page, sizes: (typeof SCREENS)[number]["sizes"]): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    const [width, height] = SIZES[size];
    await page.setViewportSize({ width, height });
    found.push(...(await cutOff(page)).map((words) => `${size}: ${words}`));
  }
  await page.setViewportSize({ width: SIZES[sizes[0]][0], height: SIZES[sizes[0]][1] });
  return found;
}

/** Each language and each theme once; every pair of them where VIGIL_EVERY is set (`make test-all`). */
const PAIRS = LANGUAGES.flatMap((language, row) => THEMES.map((theme, column) => ({ language, theme, cross: row !== column })))
  .filter((pair) => process.env.VIGIL_EVERY || !pair.cross);

describe.each(SCREENS)("$name", (screen) => {
  test("can be read by everybody", async () => {
    const page = await openScreen(url, screen, scene);
    const told: Record<string, unknown> = {};
    for (const { language, theme } of PAIRS) {
      await turnLanguage(page, language);
      await turnTheme(page, theme);
      told[`WCAG ${language} ${theme}`] = await wholePage(page, () => breaches(page));
      told[`cut off ${language}`] = await cut(page, screen.sizes);
    }
    const { trap, unseen, covered } = await focusRound(page);
    Object.assign(told, { "keyboard trap": trap ?? [], "focus not seen": unseen, "focus covered": covered, restless: await restless(page) });
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    told["in the system's colours"] = await unframed(page);
    await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" });
    // Zoom of 200 % leaves half the width to lay out in, and 320 is as narrow as WCAG asks for (1.4.10).
    const { width, height } = page.viewportSize()!;
    await page.setViewportSize({ width: Math.max(320, Math.round(width / 2)), height: Math.round(height / 2) });
    told["twice as large"] = await cutOff(page);
    const large = await focusRound(page);
    Object.assign(told, { "keyboard trap twice as large": large.trap ?? [], "focus covered twice as large": large.covered });
    await page.context().close();
    await screen.after?.(scene);
    expect(Object.entries(told).filter(([, found]) => !Array.isArray(found) || found.length > 0)).toEqual([]);
  });
});
