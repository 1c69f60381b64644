/** The door: name and password, the code of a phone, and the six steps of the first run. */
import type { Page } from "playwright-core";

import { drawnMap, setUpKey, STRICT_USER } from "../machines";
import type { Screen } from "./screen";

const STEPS = ["city", "map", "hospitals", "stations", "users", "finish"] as const;
const MAP_IS_READ_MS = 240_000;

/** Which of the steps stands there. */
const stepNow = (page: Page) => page.evaluate(() => [...document.querySelectorAll(".setup nav li button")]
  .findIndex((button) => button.getAttribute("aria-current") === "step"));

const goOn = (page: Page) => page.locator(".setup-step .setup-go").first().click();

/** Does what a step asks for, and waits for the next one. */
const DO: Record<(typeof STEPS)[number], (page: Page) => Promise<void>> = {
  city: async (page) => {
    await page.locator('.setup-choice input[type="radio"]').last().check();
    await page.fill('.setup input[name="vi"]', "Thị trấn Thử");
    await page.fill('.setup input[name="en"]', "Trial Town");
    await goOn(page);
  },
  map: async (page) => {
    await page.setInputFiles('.setup input[type="file"]', await drawnMap());
    await page.click(".setup-form .setup-go");
    await page.waitForSelector(".setup-ready, .setup-cards", { timeout: MAP_IS_READ_MS });
    if (await page.locator(".setup-ready").count()) await goOn(page);
  },
  hospitals: async (page) => goOn(page),
  stations: async (page) => goOn(page),
  users: async (page) => {
    for (const [role, name] of [["admin", "chi"], ["dispatcher", "lan"]] as const) {
      await page.selectOption(".setup select", role);
      await page.fill('.setup input[name="username"]', name);
      await page.fill('.setup input[name="password"]', "a good password");
      await page.click(".setup-form .setup-go");
      await page.waitForSelector(`.setup-users >> text=${name}`);
    }
    await page.locator(".setup-step > .setup-go").click();
  },
  finish: async () => undefined,
};

const walkTo = (step: (typeof STEPS)[number]) => async (page: Page) => {
  const goal = STEPS.indexOf(step);
  for (let now = await stepNow(page); now < goal; now = await stepNow(page)) {
    await DO[STEPS[now]!](page);
    await page.waitForFunction((before) => [...document.querySelectorAll(".setup nav li button")]
      .findIndex((button) => button.getAttribute("aria-current") === "step") !== before, now);
  }
  if (step === "city") await page.locator('.setup-choice input[type="radio"]').last().check();
};

async function setUp(): Promise<string> {
  return `/setup#${await setUpKey()}`;
}

export const GATE_SCREENS: Screen[] = [
  { name: "login", user: null, path: "/?nomap=1", ready: ".login-card", sizes: ["small", "phone"] },
  // A supervisor's first sign-in where the centre asks for codes.
  { name: "login-code", user: null, machine: "strict", path: "/?nomap=1", ready: ".login-card", sizes: ["small", "phone"], act: async (page) => {
    await page.fill("[name=username]", STRICT_USER.name);
    await page.fill("[name=password]", STRICT_USER.password);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".gate-enrol img");
  } },
  { name: "setup-key", user: null, machine: "empty", path: "/", ready: ".setup-key", sizes: ["small", "phone"], picture: false },
  ...STEPS.map((step): Screen => ({
    name: `setup-${step}`, user: null, machine: "empty", path: setUp, ready: ".setup-step", sizes: ["small", "phone"], act: walkTo(step),
  })),
];
