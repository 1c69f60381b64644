/** Pictures of every screen, in both languages and themes, at each size it is used at; into docs/guide/pictures/. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { closeBrowser, openBrowser } from "../desk";
import { LANGUAGES, openScreen, THEMES, turnLanguage, turnTheme } from "../looking";
import { closeMachines } from "../machines";
import { ourUrl } from "../ours";
import { setScene, type Scene } from "../scene";
import { SCREENS, SIZES } from "../screens";
import { ROOT } from "../server";
import { settled } from "../settled";
import { Town } from "../town";

const FOLDER = process.env.VIGIL_PICTURES ?? join(ROOT, "docs/guide/pictures");
/** Letters stay legible, and all pictures together stay below some megabytes. */
const QUALITY = 17;
/** Of what is as wide as a desk: it is looked at in a page that is narrower. */
const WIDE = { from: 1000, scale: 0.75 };

const url = ourUrl();
let scene: Scene;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  await openBrowser();
  scene = await setScene(await Town.open(url));
});
afterAll(async () => {
  await scene.town.quiet();
  await closeBrowser();
  await closeMachines();
});

/** As WebP, half the size of what Playwright takes by itself. */
async function photograph(page: Page, width: number, height: number): Promise<Buffer> {
  const browser = await page.context().newCDPSession(page);
  const scale = width > WIDE.from ? WIDE.scale : 1;
  const [x, y] = await page.evaluate(() => [scrollX, scrollY] as const); // a clip is measured from the head of the page
  const clip = { x, y, width, height, scale };
  const { data } = await browser.send("Page.captureScreenshot", { format: "webp", quality: QUALITY, clip });
  await browser.detach();
  return Buffer.from(data, "base64");
}

describe.each(SCREENS.filter((screen) => screen.picture !== false))("$name", (screen) => {
  test.each(screen.sizes)("%s", async (size) => {
    const page = await openScreen(url, screen, scene, size);
    const [width, height] = SIZES[size];
    for (const language of LANGUAGES) {
      await turnLanguage(page, language);
      for (const theme of THEMES) {
        await turnTheme(page, theme);
        await page.waitForTimeout(300);
        if (await page.locator(".map-box .maplibregl-canvas").count()) await settled(page);
        const picture = await photograph(page, width, height);
        writeFileSync(join(FOLDER, `${screen.name}-${size}-${language}-${theme}.webp`), picture);
        expect(picture.length).toBeGreaterThan(3_000); // an empty page is smaller
      }
    }
    await page.context().close();
    await screen.after?.(scene);
  });
});
