/** A hospital's page in its states, the page of a link, and where links are made. */
import { randomUUID } from "node:crypto";

import type { Scene } from "../scene";
import type { Screen } from "./screen";

const SIZES_OF_A_WARD: Screen["sizes"] = ["tablet", "phone"];
const ward = { user: "hospital", path: "/hospital", ready: ".bed-card", sizes: SIZES_OF_A_WARD } as const;

async function link({ town }: Scene): Promise<string> {
  const [, second] = town.city.hospitals as { id: string }[];
  const made = await town.ask("POST", "/hospital-links", { id: randomUUID(), hospital_id: second!.id, label: "Khoa Cấp cứu" });
  return `/hospital/beds#${made.url.split("#")[1]}`;
}

export const WARD_SCREENS: Screen[] = [
  { name: "hospital", ...ward },
  { name: "hospital-divert", ...ward, act: async (page) => {
    await page.locator(".diversion button").first().click();
    await page.waitForSelector(".diversion.editing");
  } },
  { name: "hospital-hours", ...ward, act: async (page) => {
    await page.locator(".services .ward-section button").click();
    await page.locator(".services form").waitFor();
    await page.locator(".services form").scrollIntoViewIfNeeded();
  } },
  { name: "hospital-cars", ...ward, act: async (page) => {
    await page.locator(".cars li button").first().click();
    await page.locator(".withdraw").waitFor();
    await page.locator(".cars").scrollIntoViewIfNeeded();
  } },
  { name: "hospital-offline", ...ward, act: async (page) => {
    await page.waitForTimeout(3_000); // what a page puts off is there by now, such as the other language
    await page.context().setOffline(true);
    await page.waitForSelector(".lamp.cut", { timeout: 15_000 });
    await page.locator(".bed-card .stepper").first().click();
    await page.click(".bed-buttons .primary");
    await page.waitForSelector(".waiting-line");
  } },
  { name: "hospital-links", user: "supervisor", path: "/hospital", ready: ".new-link", sizes: ["small", "phone"], act: async (page) => {
    await page.locator(".new-link select").first().selectOption({ index: 1 });
    await page.fill(".new-link input", "Khoa Cấp cứu");
    await page.locator(".new-link button").last().click();
    await page.waitForSelector(".link-sheet");
  } },
  { name: "hospital-link", user: null, path: link, ready: ".bed-card", sizes: ["phone", "tablet"] },
];
