/** The crew's phone whose browser takes its database away, or keeps nothing: no tap is lost, and a call for help waits for no disk. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { callsign, crewRoom, endAlarms, next, order, phone, press, runOf, town } from "./crew_room";
import { ourUrl } from "./ours";

crewRoom();

/** As a browser does that wants room: the database is closed under the page, and what lay in it is gone. */
async function clearDisk(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page);
  await line.send("Storage.clearDataForOrigin", { origin: ourUrl(), storageTypes: "indexeddb" });
  await page.waitForTimeout(500);
}

async function callForHelp(page: Page): Promise<void> {
  await page.click(".sos-button");
  await page.click('.others button:has-text("Send SOS")');
}

const standing = async () => ((await town.ask("GET", "/crew-alarms")) as { callsign: string; status: string; presses: number }[])
  .filter((row) => row.status !== "closed").map((row) => [row.callsign, row.presses]);

test("taps go out after the browser closed the database under the page", async () => {
  const page = await phone();
  const { run } = await order("database closed", ["accepted"]);
  await next(page, "En route").waitFor();
  await clearDisk(page);
  await press(page, "En route");
  await expect.poll(async () => (await runOf(run)).status, { timeout: 15_000 }).toBe("en_route");
  await page.locator(".unsent").waitFor({ state: "detached" });
  expect(await page.locator(".refused").count()).toBe(0);
});

test("what waited for the line when the database was cleared is kept again, and outlives the page", async () => {
  const page = await phone();
  const { run } = await order("cleared while waiting", ["accepted"]);
  await next(page, "En route").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  const at = await press(page, "En route");
  await page.waitForSelector('.unsent:has-text("1 tap not sent yet")');
  await clearDisk(page);
  expect(await page.locator(".unsent").textContent()).toMatch(/1 tap not sent yet/);
  await page.context().setOffline(false);
  await page.reload(); // only the disk knows of it now
  await expect.poll(async () => (await runOf(run)).milestones.en_route, { timeout: 20_000 }).toBeTruthy();
  expect(Math.abs(Date.parse((await runOf(run)).milestones.en_route!) - at)).toBeLessThan(1_500);
});

test.each(["refuses", "hangs"])("a call for help goes out where the disk %s", async (how) => {
  await endAlarms();
  const page = await phone();
  await page.waitForSelector(".sos-button");
  await page.evaluate((kind) => {
    if (kind === "refuses") IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    else IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ put: () => ({}), getAll: () => ({}), delete: () => ({}) }) }) as never;
  }, how);
  await callForHelp(page);
  await expect.poll(standing, { timeout: 15_000 }).toEqual([[callsign, 1]]);
  await page.waitForSelector('.sos-state.sounding:has-text("reached the centre")');
  await page.locator(".sos-state.going").waitFor({ state: "detached" });
  await endAlarms();
});

test("a call for help waits for no other window of the phone that stands in the queue", async () => {
  await endAlarms();
  const page = await phone();
  await page.waitForSelector(".sos-button");
  // As a window in the background does whose timers sleep.
  await page.evaluate(() => { void navigator.locks.request("vigil.outbox", () => new Promise(() => undefined)); });
  await callForHelp(page);
  await expect.poll(standing, { timeout: 10_000 }).toEqual([[callsign, 1]]);
  await page.waitForSelector('.sos-state.sounding:has-text("reached the centre")');
  await endAlarms();
});
