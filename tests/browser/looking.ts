/** Opening a screen of the list, and turning its language and theme without leaving it. */
import type { Page } from "playwright-core";

import { openPage } from "./desk";
import { machineUrl } from "./machines";
import type { Scene } from "./scene";
import { SIZES, type Screen, type Size } from "./screens";

export const LANGUAGES = ["vi", "en"] as const;
export const THEMES = ["dark", "light"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Theme = (typeof THEMES)[number];

export async function openScreen(
  url: string, screen: Screen, scene: Scene, size: Size = screen.sizes[0], language: Language = "vi",
): Promise<Page> {
  const [width, height] = SIZES[size];
  const address = screen.machine ? await machineUrl(screen.machine) : url;
  const path = typeof screen.path === "string" ? screen.path : await screen.path(scene);
  const page = await openPage(address, screen.user ?? "", {
    path, language, width, height, signIn: screen.user ? "shared" : "none", ready: screen.ready,
  });
  await page.waitForSelector(screen.ready);
  await screen.act?.(page, scene);
  return page;
}

/** By the page's own button, in place. On a phone it stands in a menu, which is shut again. */
export async function turnLanguage(page: Page, language: Language): Promise<void> {
  if ((await page.locator("html").getAttribute("lang")) === language) return;
  const button = page.locator(`button[lang="${language}"]`).first();
  const menu = page.locator(".head-line > button[aria-expanded]");
  const hidden = (await button.count()) === 0;
  if (hidden) await menu.click();
  // Where it lies below something else it is pressed all the same: the language is what is looked at.
  await button.evaluate((one: HTMLElement) => one.click());
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  if (hidden) await menu.click();
}

/** The class the tokens of colour hang on. */
export async function turnTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((wanted) => {
    document.body.classList.remove("dark", "light");
    document.body.classList.add(wanted);
  }, theme);
}
