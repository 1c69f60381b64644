/** Two tablets of one hospital: neither undoes what the other counted, not by a save, a confirmation, or from a queue. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";
import { wardTablet } from "./ward_tablet";

const url = ourUrl();
const ED = "EmergencyDepartment";
let town: Town;
let other = ""; // a kind beside the emergency beds
let link = { id: "", url: "" };
let hospital = "";
const pages: Page[] = [];

type Row = { beds: Record<string, { staffed: number; occupied: number; blocked: number; reported_at: string; reported_by: string }> };
const row = async () => (await town.ask("GET", `/hospitals/${hospital}`)) as Row;
const says = (kind: string, staffed: number, occupied: number) =>
  town.ask("PUT", `/hospitals/${hospital}/beds`, { beds: { [kind]: { staffed, occupied } } });
const occupied = async () => {
  const { beds } = await row();
  return [beds[ED]!.occupied, beds[other]!.occupied];
};
const card = (page: Page, place: number) => page.locator(".bed-card").nth(place);
const shown = (page: Page, place: number) => card(page, place).locator(".bed-count").evaluate((node) => Number(node.firstChild?.textContent));

const tablet = () => wardTablet(url, pages);

/** The page of a link asks for the board every 20 seconds: for so long it does not know what others counted. */
async function phone(): Promise<Page> {
  const page = await openPage(url, "nobody", { path: link.url, width: 390, height: 844, signIn: "none" });
  pages.push(page);
  await page.waitForSelector(".bed-card");
  return page;
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  hospital = (await (await Town.open(url, "hospital")).ask("GET", "/hospitals"))[0].id;
  const made = await town.ask("POST", "/hospital-links", { id: crypto.randomUUID(), hospital_id: hospital, label: "Ward two" });
  link = { id: made.id, url: `/hospital/beds#${made.url.split("#")[1]}` };
  const page = await tablet();
  const names: string[] = await page.locator(".bed-card h2").allTextContents();
  expect(names[0]).toBe("Emergency");
  const kinds = (town.city.bed_kinds as { kind: string; en: string }[]);
  other = kinds.find((one) => one.en.toLowerCase() === names[1]!.toLowerCase())!.kind;
  await page.context().close();
});
beforeEach(async () => {
  await says(ED, 20, 10);
  await says(other, 10, 5);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(async () => {
  await town.ask("DELETE", `/hospital-links/${link.id}`);
  await closeBrowser();
});

test("a save speaks of the kinds counted here alone, whatever another tablet counted meanwhile", async () => {
  const nurse = await phone();
  await says(other, 10, 9); // the phone still shows five empty
  await card(nurse, 0).locator(".stepper").first().click();
  await nurse.click(".bed-buttons .primary");
  await nurse.waitForSelector('.saved:has-text("Saved"), .saved:has-text("Moved meanwhile")');
  expect(await occupied()).toEqual([11, 9]);
  expect((await row()).beds[other]!.reported_by).toBe("supervisor");
  await expect.poll(() => shown(nurse, 1)).toBe(1);
  expect(await card(nurse, 1).locator(".moved").textContent()).toMatch(/Somebody else counted at .*: 1 empty of 10; before 5 of 10/);
});

test("a confirmation of what stands no longer is refused with the figures, and the newer ones are shown", async () => {
  const nurse = await phone();
  await says(other, 10, 9);
  await nurse.click('.bed-buttons button:has-text("Unchanged")');
  const told = nurse.locator(".refused-line");
  await told.waitFor();
  expect(await told.textContent()).toMatch(/5 empty of 10.*somebody else counted, or a patient came: adult intensive care/);
  expect(await occupied()).toEqual([10, 9]);
  await expect.poll(() => shown(nurse, 1)).toBe(1);
  expect(await nurse.locator(".saved").textContent()).toMatch(/Moved meanwhile/);
  await told.locator("button").click();
  await told.waitFor({ state: "detached" });
  expect(await nurse.locator(".saved").textContent()).not.toMatch(/Saved/); // it never was
  expect(await breaches(nurse)).toEqual([]);
  await nurse.waitForTimeout(2_600);
  await nurse.click('.bed-buttons button:has-text("Unchanged")');
  await nurse.waitForSelector('.saved:has-text("Saved")');
  expect((await row()).beds[other]!).toMatchObject({ occupied: 9, reported_by: "link:Ward two" });
  expect(await nurse.locator(".moved").count()).toBe(0);
});

test("a count over figures that moved is refused, also where it is of the same kind", async () => {
  const nurse = await phone();
  await says(ED, 20, 17);
  await card(nurse, 0).locator(".stepper").last().click();
  await nurse.click(".bed-buttons .primary");
  await nurse.waitForSelector('.refused-line:has-text("11 empty of 20")');
  expect(await occupied()).toEqual([17, 5]);
  await expect.poll(() => shown(nurse, 0)).toBe(3);
});

test("where two count the same kind, each number is shown and one is chosen before anything is saved", async () => {
  const one = await tablet();
  await card(one, 0).locator(".stepper").last().click();
  await says(ED, 20, 17);
  await one.waitForSelector(".clash-choice");
  expect(await one.locator(".clash").first().textContent()).toMatch(/supervisor counted at .*: 3 empty of 20; before 10 of 20/);
  expect(await one.locator(".bed-buttons .primary").isDisabled()).toBe(true);
  expect(await breaches(one)).toEqual([]);
  await one.click('.clash-choice button:has-text("Keep mine: 11 of 20")');
  await one.click(".bed-buttons .primary");
  await one.waitForSelector('.saved:has-text("Saved")');
  expect(await occupied()).toEqual([9, 5]);

  await card(one, 0).locator(".stepper").last().click();
  await says(ED, 20, 16);
  await one.click('.clash-choice button:has-text("Take theirs: 4 of 20")');
  await expect.poll(() => shown(one, 0)).toBe(4);
  expect(await one.locator('.bed-buttons .primary:has-text("Save")').isDisabled()).toBe(true);
  expect(await occupied()).toEqual([16, 5]);
});

test("a thumb that was on its way when a figure moved confirms nothing", async () => {
  const one = await tablet();
  await says(other, 10, 8);
  await card(one, 1).locator(".moved").waitFor();
  await one.click('.bed-buttons button:has-text("Unchanged")');
  await one.waitForSelector('.saved:has-text("Look, then press again")');
  expect((await row()).beds[other]!.reported_by).toBe("supervisor");
  await one.waitForTimeout(2_600);
  await one.click('.bed-buttons button:has-text("Unchanged")');
  await one.waitForSelector('.saved:has-text("Saved")');
  expect((await row()).beds[other]!).toMatchObject({ occupied: 8, reported_by: "hospital" });
});

test("two reports in a row from one tablet are none of each other's conflict, with a line and without", async () => {
  const one = await tablet();
  const count = async () => {
    await card(one, 0).locator(".stepper").first().click();
    await one.click(".bed-buttons .primary");
  };
  await count();
  await count();
  await one.waitForSelector('.saved:has-text("Saved")');
  await one.context().setOffline(true);
  await one.waitForSelector(".lamp.cut");
  await count();
  await one.waitForSelector('.saved:has-text("sent by itself when the line is back")');
  await count();
  await one.click('.bed-buttons button:has-text("Unchanged")');
  await one.waitForSelector('.waiting-line:has-text("3 reports")');
  await one.context().setOffline(false);
  await one.waitForSelector(".waiting-line", { state: "detached", timeout: 30_000 });
  expect(await one.locator(".refused-line").count()).toBe(0);
  expect(await occupied()).toEqual([14, 5]);
});

test("what waited for the line undoes nothing that somebody else counted before it was tapped and this tablet had not seen", async () => {
  const one = await tablet();
  await one.context().setOffline(true);
  await one.waitForSelector(".lamp.cut");
  await says(other, 10, 9); // before both taps: neither comes too late
  await says(ED, 20, 17);
  await card(one, 0).locator(".stepper").first().click();
  await one.click(".bed-buttons .primary");
  await one.click('.bed-buttons button:has-text("Unchanged")');
  await one.waitForSelector('.waiting-line:has-text("2 reports")');
  await one.context().setOffline(false);
  await one.waitForSelector(".waiting-line", { state: "detached", timeout: 30_000 });
  await expect.poll(() => one.locator(".refused-line").count()).toBe(2);
  expect(await occupied()).toEqual([17, 9]);
  await expect.poll(async () => [await shown(one, 0), await shown(one, 1)]).toEqual([3, 1]);
  for (let left = 2; left > 0; left -= 1) await one.locator(".refused-line button").first().click();
});

test("a count that gets no answer turns the lamp, and goes out when the server answers again", async () => {
  const nurse = await phone();
  await nurse.route("**/api/v1/link/**", (route) => route.abort());
  await card(nurse, 0).locator(".stepper").first().click();
  await nurse.click(".bed-buttons .primary");
  await nurse.waitForSelector('.lamp.cut', { timeout: 8_000 }); // sooner than the board is asked for again
  expect(await nurse.locator(".saved").textContent()).toMatch(/sent by itself when the line is back/);
  await nurse.unroute("**/api/v1/link/**");
  await nurse.waitForSelector(".lamp.live", { timeout: 30_000 });
  await expect.poll(occupied).toEqual([11, 5]);
});

test("an address whose code cannot be read says so, and an unknown hospital is no missing line", async () => {
  const broken = await openPage(url, "nobody", { path: "/hospital/beds#%zz", width: 390, height: 844, signIn: "none" });
  pages.push(broken);
  await broken.waitForSelector('main:has-text("no code, or one that cannot be read")');
  const page = await openPage(url, "nobody", { path: "/hospital", width: 390, height: 844, signIn: "none" });
  pages.push(page);
  await page.route("**/api/v1/link/board", (route) => route.fulfill({ status: 404, json: { detail: "Hospital nowhere is unknown." } }));
  await page.goto(url + link.url);
  await page.waitForSelector('.ward-old:has-text("does not know")');
});
