/** How much script a page fetches before it can be used, as a browser fetches it, packed with gzip. */
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";

const url = ourUrl();
const MOST_KB = 120;
/** The map is a part by itself: the boards work before it is there, and without it. */
const MAP = /MapPanel|maplibre/;
/** A page is usable when this stands there: its live lamp, else `ready`. */
const PAGES: { path: string; user: string; ready?: string }[] = [
  { path: "/?nomap=1", user: "dispatcher" },
  { path: "/hospital", user: "hospital" },
];

beforeAll(openBrowser);
afterEach(expectNoFaults);
afterAll(closeBrowser);

for (const { path, user, ready = ".lamp.live" } of PAGES) {
  for (const language of ["vi", "en"] as const) {
    test(`${path} can be used after less than ${MOST_KB} kB of script (${language})`, async () => {
      const page = await openPage(url, user, { path: "/healthz", language, signIn: "shared", ready: null });
      const scripts: Promise<number>[] = [];
      const counted = (answer: { url(): string; body(): Promise<Buffer> }) => {
        const { pathname } = new URL(answer.url());
        if (pathname.endsWith(".js") && !MAP.test(pathname)) scripts.push(answer.body().then((body) => gzipSync(body).length));
      };
      page.on("response", counted);
      await page.goto(url + path);
      await page.waitForSelector(ready);
      page.off("response", counted);
      const kilobytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0) / 1000;
      await page.context().close();
      expect(kilobytes).toBeGreaterThan(60); // the library of the page alone is as large: less means we counted nothing
      expect(kilobytes).toBeLessThan(MOST_KB);
    });
  }
}
