/** The dispatcher's desk: advice, a run, a call, casualties, transfers, the map and what is done on it, without it. */
import type { Page } from "playwright-core";

import { old } from "../old_build";
import type { Scene } from "../scene";
import { settled } from "../settled";
import type { Screen } from "./screen";

export const QUIET = "/?nomap=1";

export const pick = (which: "worked" | "waiting" | "crash") => async (page: Page, scene: Scene) => {
  await page.locator(".queue .line:not(.call-line)", { hasText: `#${scene[which].number}` }).click();
  await page.waitForSelector(".incident .incident-body");
};

async function advice(page: Page, scene: Scene): Promise<void> {
  await pick("waiting")(page, scene);
  await page.waitForSelector(".choice-row .callsign");
}

/** An hour ahead of that advice: on a machine that has just begun the cells of the coverage may not be there yet. */
async function ahead(page: Page, scene: Scene): Promise<void> {
  await advice(page, scene);
  await page.locator(".ahead summary").press("Enter");
  for (;;) {
    await page.waitForSelector(".ahead-room [aria-busy=false]", { timeout: 90_000 });
    if (await page.locator(".ahead-room li").count()) break;
    await page.waitForTimeout(1000);
    await page.click(".ahead-age button");
  }
  await page.locator(".ahead").scrollIntoViewIfNeeded();
}

async function map(page: Page): Promise<void> {
  await page.waitForSelector(".map .maplibregl-canvas");
  await settled(page); // its streets come after its frame
}

/** The form for a street, with a place already chosen by a click on the map. */
async function closing(page: Page): Promise<void> {
  await map(page);
  await page.click(".roads-head");
  await page.locator(".roads-body > .danger-outline, .roads-body .danger-outline").first().click();
  await page.waitForSelector(".draw-bar");
  const box = (await page.locator(".map-box").boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height / 2);
  await page.waitForSelector(".close-street");
}

export const DESK_SCREENS: Screen[] = [
  { name: "desk-advice", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small", "desk", "phone"], act: advice },
  { name: "desk-ahead", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small", "desk", "phone"], act: ahead },
  // The second choice, with the reason that is asked for it.
  { name: "desk-override", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small"], act: async (page, scene) => {
    await advice(page, scene);
    await page.locator(".choice-row").nth(1).click();
    await page.click("button.send");
  } },
  { name: "desk-run", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["desk", "small"], act: async (page, scene) => {
    await pick("worked")(page, scene);
    await page.waitForSelector(".run .step");
    await page.waitForSelector(".timeline .entry");
  } },
  { name: "desk-call", user: "dispatcher", path: QUIET, ready: ".queue .call-line", sizes: ["small", "phone"], act: async (page) => {
    await page.locator(".queue .call-line").first().click();
    await page.waitForSelector(".triage .question");
  } },
  { name: "desk-patients", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["desk", "small"], act: async (page, scene) => {
    await pick("crash")(page, scene);
    await page.keyboard.press("F6");
    await page.waitForSelector(".patient .tag");
  } },
  { name: "desk-transfers", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small"], act: async (page) => {
    await page.keyboard.press("F7");
    await page.waitForSelector(".sheet");
  } },
  { name: "desk-command", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small", "desk"], act: async (page) => {
    await page.locator(".command form button.quiet").click();
    await page.waitForSelector(".command-help");
  } },
  { name: "desk-display", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small"], act: async (page) => {
    await page.locator(".display:not(.own-account) > button").click();
    await page.waitForSelector(".display-menu");
  } },
  { name: "desk-account", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small"], picture: false, act: async (page) => {
    await page.locator(".own-account > button").click();
    await page.waitForSelector(".own-account .display-menu");
  } },
  { name: "desk-new-version", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small", "phone"], picture: false, act: async (page, scene) => {
    await old(page, `${scene.town.url}${QUIET}&old=1`);
    await page.waitForSelector(".new-version button");
    await page.waitForSelector(".queue .line");
  } },
  // Boards of text alone: on a machine that draws no map, or beside one on another monitor.
  { name: "desk-boards", user: "dispatcher", path: "/", ready: ".queue .line", sizes: ["desk", "small"], act: async (page, scene) => {
    await page.evaluate(() => localStorage.setItem("vigil.looks", JSON.stringify({ theme: "dark", size: 1, map: false })));
    await page.evaluate(() => localStorage.setItem("vigil.looks.dispatcher", JSON.stringify({ theme: "dark", size: 1, map: false })));
    await page.reload();
    await page.waitForSelector(".areas");
    await advice(page, scene);
  } },
  { name: "desk-map", user: "dispatcher", path: "/", ready: ".queue .line", sizes: ["small", "desk"], act: async (page, scene) => {
    await map(page);
    await advice(page, scene);
  } },
  { name: "desk-layers", user: "dispatcher", path: "/", ready: ".queue .line", sizes: ["small"], act: async (page) => {
    await map(page);
    await page.locator(".map-buttons button[aria-expanded]").first().click();
    await page.waitForSelector(".layers");
  } },
  { name: "desk-map-list", user: "dispatcher", path: "/", ready: ".queue .line", sizes: ["small"], act: async (page) => {
    await map(page);
    await page.locator(".map-buttons button[aria-expanded]").last().click();
    await page.waitForSelector(".map-list");
  } },
  // Words to a crew, from its line on the board of units.
  { name: "desk-message", user: "dispatcher", path: QUIET, ready: ".queue .line", sizes: ["small"], act: async (page) => {
    await page.locator(".unit-line button[aria-expanded]").first().click();
    await page.waitForSelector(".message-form");
  } },
  { name: "desk-closing", user: "dispatcher", path: "/", ready: ".queue .line", sizes: ["small", "desk", "phone"], act: closing },
  { name: "desk-supervisor", user: "supervisor", path: QUIET, ready: ".queue .line", sizes: ["small"] },
  { name: "clinician", user: "clinician", path: QUIET, ready: ".clinic", sizes: ["small"] },
  { name: "reader", user: "planner", path: QUIET, ready: ".queue .line", sizes: ["small"], picture: false },
];
