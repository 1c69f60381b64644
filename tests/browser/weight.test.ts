/** How much script a page fetches before it can be used, as a browser fetches it, packed with gzip. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { ROOT } from "./server";

const url = ourUrl();
const MOST_KB = 120;
/** Parts by themselves: the boards work before the map is there, and the line of alarms comes where an alarm stands. */
const APART = /MapPanel|maplibre|AlarmLine/;
/** A page is usable when this stands there: its live lamp, else `ready`. */
const PAGES: { path: string; user: string; ready?: string }[] = [
  { path: "/?nomap=1", user: "dispatcher" },
  { path: "/hospital", user: "hospital" },
];

/** As in src/shell/later.ts. */
const SOON_MS = 2_000;

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
        if (pathname.endsWith(".js") && !APART.test(pathname)) scripts.push(answer.body().then((body) => gzipSync(body).length));
      };
      // On a slow machine the page comes up after the time at which it fetches the rest: that waits here.
      await page.addInitScript((soon) => {
        const begin = window.setTimeout.bind(window);
        window.setTimeout = ((what: () => void, ms?: number) => begin(what, ms === soon ? 600_000 : ms)) as typeof setTimeout;
      }, SOON_MS);
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

const DIST = join(ROOT, "console/dist");
const EVERY_PAGE = readdirSync(DIST).filter((file) => file.endsWith(".html"));

/** The scripts a page names in its head, and all that they bring along before they run. */
function first(page: string): Set<string> {
  const found = new Set<string>();
  const waiting = [...readFileSync(join(DIST, page), "utf8").matchAll(/assets\/[\w.-]+\.js/g)].map(([path]) => path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const brings = readFileSync(join(DIST, path), "utf8").matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g);
    waiting.push(...[...brings].map(([, name]) => `assets/${name}`));
  }
  return found;
}

test.each(EVERY_PAGE)("what %s names in its head is smaller than 120 kB, with the larger of its languages", (page) => {
  const size = (path: string) => gzipSync(readFileSync(join(DIST, path))).length;
  const words = readdirSync(join(DIST, "assets")).filter((file) => /^_virtual_texts-.*\.js$/.test(file)).map((file) => `assets/${file}`);
  const named = first(page);
  const more = words.filter((path) => !named.has(path));
  const total = [...named].reduce((sum, path) => sum + size(path), 0) + Math.max(0, ...more.map(size));
  expect(named.size).toBeGreaterThan(1);
  expect(EVERY_PAGE.length).toBeGreaterThan(8);
  expect(total).toBeLessThan(MOST_KB * 1000);
});
