/** An address as it is heard, on a keyboard without diacritics: found wherever it may be, and the desk is told to ask which. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
let page: Page;

type Found = { label: string; ambiguous: boolean; position: { lat: number; lon: number } };

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
afterEach(async () => {
  await page.context().close();
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

const plain = (words: string) => words.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

/** A street that stands in several quarters of the town, not more than the list shows. */
async function repeated(): Promise<Found[]> {
  for (let number = 1; number < 80; number += 1) {
    const { places } = await town.ask("GET", `/places?q=${encodeURIComponent(`Đường số ${number}`)}`);
    const same = (places as Found[]).filter((place) => place.label === `Đường số ${number}`);
    if (same.length > 1 && same.length < 6) return same;
  }
  throw new Error("no street name stands twice on this map");
}

test("a street of several quarters is found without diacritics in each of them, and the desk is told to ask which", async () => {
  const streets = await repeated();
  page = await openPage(url, "dispatcher", { language: "vi" });
  await page.locator("#address").pressSequentially(plain(streets[0]!.label));
  const options = page.locator("#address-places [role=option]", { hasText: new RegExp(`^${streets[0]!.label}(?!\\d)`) });
  await expect.poll(() => options.count()).toBe(streets.length);
  for (const words of await options.allTextContents()) {
    expect(words).toContain("▲ chưa chắc");
    expect(words).toMatch(/hãy hỏi quận hoặc phường/);
  }
  expect(await breaches(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const where = (await page.inputValue("#where")).split(",").map(Number);
  expect(where[0]).toBeCloseTo(streets[1]!.position.lat, 4);
  expect(where[1]).toBeCloseTo(streets[1]!.position.lon, 4);
});
