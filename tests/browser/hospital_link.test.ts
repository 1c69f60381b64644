/** A small hospital's link: made by a supervisor, used by somebody without an account, ended at once. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

async function phone(address: string, language: "vi" | "en" = "en", height = 844): Promise<Page> {
  const page = await openPage(url, "nobody", { path: address.slice(url.length), width: 390, height, signIn: "none", language });
  pages.push(page);
  return page;
}

async function made(hospital_id: string): Promise<{ id: string; url: string }> {
  const link = await town.ask("POST", "/hospital-links", { id: crypto.randomUUID(), hospital_id, label: "Khoa Cấp cứu" });
  return { ...link, url: `${url}/hospital/beds#${link.url.split("#")[1]}` };
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expectNoFaults();
});
afterAll(closeBrowser);

test("a supervisor makes a link, its sheet is shown once, and beds counted by it stand on the desk", async () => {
  const office = await openPage(url, "supervisor", { path: "/hospital", width: 1366, height: 768 });
  pages.push(office);
  await office.waitForSelector(".new-link");
  const [first] = town.city.hospitals as { id: string; name_en: string }[];
  await office.selectOption(".new-link select >> nth=0", first!.id);
  await office.fill(".new-link input", "Night desk");
  await office.click('.new-link button:has-text("Make a link")');
  await office.waitForSelector(`.link-sheet:has-text("${first!.name_en}")`);
  expect(await office.locator(".link-sheet img").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
  const address = (await office.textContent(".link-url"))!;
  expect(await breaches(office)).toEqual([]);

  const nurse = await phone(address);
  await nurse.waitForSelector(".bed-card");
  const empty = Number(await nurse.locator(".bed-count").first().evaluate((node) => node.firstChild?.textContent));
  await nurse.locator(".bed-card .stepper").first().click();
  await nurse.click(".bed-buttons .primary");
  await nurse.waitForSelector('.saved:has-text("Saved – Night desk")');
  const row = await town.ask("GET", `/hospitals/${first!.id}`);
  const { staffed, occupied, blocked, reported_by } = row.beds.EmergencyDepartment;
  expect([staffed - occupied - blocked, reported_by]).toEqual([empty - 1, "link:Night desk"]);

  await office.reload();
  await office.waitForSelector('.links li:has-text("Night desk")');
  expect(await office.locator(".link-sheet").count()).toBe(0);
  await office.click('.links li:has-text("Night desk") button:has-text("End…")');
  await office.click('.links li:has-text("Night desk") button:has-text("End this link")');
  await office.waitForSelector('.links details:has-text("over")');
  await nurse.reload();
  await nurse.waitForSelector('.ward-old:has-text("not valid any more")');
});

test("one tap without a line is kept, and is sent when the line is back", async () => {
  const [first] = town.city.hospitals as { id: string }[];
  await town.ask("PUT", `/hospitals/${first!.id}/beds`, { beds: { EmergencyDepartment: { staffed: 20, occupied: 8 } } }); // counted before
  const link = await made(first!.id);
  const nurse = await phone(link.url);
  await nurse.waitForSelector(".bed-card");
  await nurse.evaluate(async () => { await navigator.serviceWorker.ready; });
  await nurse.context().setOffline(true);
  await nurse.click('.bed-buttons button:has-text("Unchanged")');
  const tapped = Date.now();
  await nurse.waitForSelector('.waiting-line:has-text("1 report")');
  await nurse.reload(); // the phone was put away and the link opened again
  await nurse.waitForSelector('.ward-old:has-text("No line")');
  await nurse.waitForSelector('.waiting-line:has-text("1 report")');
  await nurse.context().setOffline(false);
  await nurse.waitForSelector(".waiting-line", { state: "detached", timeout: 30_000 });
  const { beds } = await town.ask("GET", `/hospitals/${first!.id}`);
  expect(beds.EmergencyDepartment.reported_by).toBe("link:Khoa Cấp cứu");
  expect(Math.abs(Date.parse(beds.EmergencyDepartment.reported_at) - tapped)).toBeLessThan(1_500);
  await town.ask("DELETE", `/hospital-links/${link.id}`);
});

/** A count tapped without a line; then the link is ended, and the line comes back. */
async function countedAndEnded(hospital_id: string): Promise<Page> {
  await town.ask("PUT", `/hospitals/${hospital_id}/beds`, { beds: { EmergencyDepartment: { staffed: 20, occupied: 8 } } });
  const link = await made(hospital_id);
  const nurse = await phone(link.url);
  await nurse.waitForSelector(".bed-card");
  await nurse.context().setOffline(true);
  await nurse.locator(".bed-card .stepper").first().click();
  await nurse.click(".bed-buttons .primary");
  await nurse.waitForSelector('.waiting-line:has-text("1 report")');
  await town.ask("DELETE", `/hospital-links/${link.id}`);
  await nurse.context().setOffline(false);
  await nurse.waitForSelector('.ward-old:has-text("not valid any more")', { timeout: 30_000 });
  await nurse.waitForSelector('.left-counts:has-text("1 count not sent")');
  expect(await nurse.textContent(".left-counts li")).toContain("11 empty of 20");
  return nurse;
}

test("what an ended link took down and never sent is shown, and goes out by a new link with the time of its tap", async () => {
  const [, , third] = town.city.hospitals as { id: string }[];
  const nurse = await countedAndEnded(third!.id);
  const tapped = Date.now();
  const ended = new URL(nurse.url()).hash.slice(1);
  let knocks = 0;
  nurse.on("request", (request) => { if (request.headers()["x-vigil-link"] === ended) knocks += 1; });
  const next = await made(third!.id);
  expect(await breaches(nurse)).toEqual([]);
  await nurse.goto(next.url);
  await nurse.waitForSelector('.left-counts button:has-text("Send by this link")');
  expect((await town.ask("GET", `/hospitals/${third!.id}`)).beds.EmergencyDepartment.occupied).toBe(8); // not before somebody says so
  await nurse.click('.left-counts button:has-text("Send by this link")');
  await nurse.waitForSelector(".left-counts", { state: "detached" });
  await expect.poll(async () => (await town.ask("GET", `/hospitals/${third!.id}`)).beds.EmergencyDepartment.occupied, { timeout: 15_000 }).toBe(9);
  const { reported_at, reported_by } = (await town.ask("GET", `/hospitals/${third!.id}`)).beds.EmergencyDepartment;
  expect(Date.parse(reported_at)).toBeLessThan(tapped);
  expect(reported_by).toBe("link:Khoa Cấp cứu");
  expect(knocks).toBeLessThan(2); // at most the one that was under way: a secret that ended is not tried on and on
  await town.ask("DELETE", `/hospital-links/${next.id}`);
});

test("what an ended link left is given up only by two presses, and then it is gone", async () => {
  const [, , , fourth] = town.city.hospitals as { id: string }[];
  const nurse = await countedAndEnded(fourth!.id);
  await nurse.click('.left-counts button:has-text("Discard…")');
  await nurse.click('.left-counts button:has-text("Cancel")');
  await nurse.click('.left-counts button:has-text("Discard…")');
  await nurse.click('.left-counts button:has-text("Discard 1 count")');
  await nurse.waitForSelector(".left-counts", { state: "detached" });
  await nurse.reload();
  await nurse.waitForSelector('.ward-old:has-text("not valid any more")');
  expect(await nurse.locator(".left-counts").count()).toBe(0);
  expect((await town.ask("GET", `/hospitals/${fourth!.id}`)).beds.EmergencyDepartment.occupied).toBe(8);
});

test.each(["vi", "en"] as const)("the page of a link has no breach of WCAG and its targets are large enough (%s)", async (language) => {
  const [, second] = town.city.hospitals as { id: string }[];
  const link = await made(second!.id);
  const nurse = await phone(link.url, language, 1800); // tall, so that the bar at hand lies over nothing
  await nurse.waitForSelector(".bed-card");
  for (const theme of ["light", "dark"]) {
    expect(await nurse.evaluate(() => document.body.className)).toContain(theme);
    expect(await breaches(nurse)).toEqual([]);
    await nurse.locator(".ward-tools button").first().click();
  }
  for (const target of await nurse.locator("button, .staffed input").all()) {
    const box = (await target.boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  }
  expect(await nurse.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await town.ask("DELETE", `/hospital-links/${link.id}`);
});
