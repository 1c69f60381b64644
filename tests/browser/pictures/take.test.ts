/** Pictures of every screen, in both languages and themes, at each size it is used at; into docs/guide/pictures/. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { closeBrowser, openBrowser } from "../desk";
import { LANGUAGES, openScreen, THEMES, turnLanguage, turnTheme } from "../looking";
import { ourUrl } from "../ours";
import { setScene, type Scene } from "../scene";
import { SCREENS, SIZES } from "../screens";
import { ROOT } from "../server";
import { Town } from "../town";

const FOLDER = join(ROOT, "docs/guide/pictures");
/** Letters stay legible, and all pictures together stay below some megabytes. */
const QUALITY = 45;

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
});

describe.each(SCREENS.filter((screen) => screen.picture !== false))("$name", (screen) => {
  test.each(screen.sizes)("%s", async (size) => {
    const page = await openScreen(url, screen, scene, size);
    const [width, height] = SIZES[size];
    for (const language of LANGUAGES) {
      await turnLanguage(page, language);
      for (const theme of THEMES) {
        await turnTheme(page, theme);
        await page.waitForTimeout(300);
        const path = join(FOLDER, `${screen.name}-${size}-${language}-${theme}.jpg`);
        const picture = await page.screenshot({ path, type: "jpeg", quality: QUALITY, clip: { x: 0, y: 0, width, height } });
        expect(picture.length).toBeGreaterThan(5_000); // an empty page is smaller
      }
    }
    await page.context().close();
  });
});
