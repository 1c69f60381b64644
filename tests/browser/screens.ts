/**
 * Every screen and state a person may sit before. The tests of reading (readable.test.ts) open each of them in both
 * languages and themes, and the pictures of the guides are taken of them. A new screen is a few lines here.
 */
import type { Page } from "playwright-core";

import type { Scene } from "./scene";

export type Size = "desk" | "small" | "tablet" | "phone";
export const SIZES: Record<Size, [width: number, height: number]> = {
  desk: [1920, 1080], small: [1366, 768], tablet: [820, 1180], phone: [390, 844],
};

export type Screen = {
  /** Also the name of its picture. */
  name: string;
  /** Whose it is; null: nobody has signed in. */
  user: string | null;
  path: string;
  /** What stands there when it is up. */
  ready: string;
  /** Brings the page into the state that is meant, by what it is and not by its words: they are in any language. */
  act?: (page: Page, scene: Scene) => Promise<void>;
  /** The sizes it is used at; the first one is looked at most closely. */
  sizes: [Size, ...Size[]];
  /** False: the guides show it no picture. */
  picture?: false;
};

const pick = (which: "worked" | "waiting") => async (page: Page, scene: Scene) => {
  await page.locator(".queue .line:not(.call-line)", { hasText: `#${scene[which].number}` }).click();
  await page.waitForSelector(".incident .incident-body");
};

export const SCREENS: Screen[] = [
  { name: "login", user: null, path: "/?nomap=1", ready: ".login-card", sizes: ["small", "phone"] },
  {
    name: "desk-advice", user: "dispatcher", path: "/?nomap=1", ready: ".queue .line", sizes: ["small", "desk", "phone"],
    act: async (page, scene) => {
      await pick("waiting")(page, scene);
      await page.waitForSelector(".choice-row .callsign");
    },
  },
  { name: "desk-run", user: "dispatcher", path: "/?nomap=1", ready: ".queue .line", sizes: ["desk"], act: async (page, scene) => {
    await pick("worked")(page, scene);
    await page.waitForSelector(".run .step");
    await page.waitForSelector(".timeline .entry");
  } },
  { name: "desk-call", user: "dispatcher", path: "/?nomap=1", ready: ".queue .call-line", sizes: ["small"], act: async (page) => {
    await page.locator(".queue .call-line").first().click();
    await page.waitForSelector(".triage .question");
  } },
  { name: "desk-patients", user: "dispatcher", path: "/?nomap=1", ready: ".queue .line", sizes: ["desk"], act: async (page, scene) => {
    await pick("worked")(page, scene);
    await page.keyboard.press("F6");
    await page.waitForSelector(".patient .tag");
  } },
  { name: "desk-transfers", user: "dispatcher", path: "/?nomap=1", ready: ".queue .line", sizes: ["small"], act: async (page) => {
    await page.keyboard.press("F7");
    await page.waitForSelector(".sheet");
  } },
  { name: "desk-map", user: "dispatcher", path: "/", ready: ".queue .line", sizes: ["small", "desk"], act: async (page, scene) => {
    await page.waitForSelector(".map .maplibregl-canvas");
    await pick("waiting")(page, scene);
    await page.waitForSelector(".choice-row .callsign");
  } },
  { name: "supervisor", user: "supervisor", path: "/?nomap=1", ready: ".queue .line", sizes: ["small"] },
  { name: "clinician", user: "clinician", path: "/?nomap=1", ready: ".clinic", sizes: ["small"] },
  { name: "reader", user: "planner", path: "/?nomap=1", ready: ".queue .line", sizes: ["small"], picture: false },
  { name: "hospital", user: "hospital", path: "/hospital", ready: ".bed-card", sizes: ["tablet", "phone"] },
  { name: "hospital-divert", user: "hospital", path: "/hospital", ready: ".bed-card", sizes: ["phone", "tablet"], act: async (page) => {
    await page.locator(".diversion button").first().click();
    await page.waitForSelector(".diversion.editing");
  } },
];
