/** A crew at its station with its phone: what every test of the crew's page begins with and leaves behind. */
import { randomUUID } from "node:crypto";

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town, type Place } from "./town";

export type Run = { id: string; incident_id: string; status: string; milestones: Record<string, string>; seq: number };

const url = ourUrl();
export let town: Town;
export let callsign: string;
export let station: Place;
/** Closed after each test. */
export const pages: Page[] = [];

/** For the head of a file: a town, and before each test a crew on duty at its station. */
export function crewRoom(): void {
  beforeAll(async () => {
    await openBrowser();
    town = await Town.open(url);
    callsign = ((await (await Town.open(url, "crew")).ask("GET", "/me")) as { callsign: string }).callsign;
  });
  beforeEach(async () => {
    await town.quiet();
    const unit = ((await town.ask("GET", "/units")) as { callsign: string; duty: string; station_id: string }[]).find((one) => one.callsign === callsign)!;
    if (unit.duty !== "on_duty") await town.ask("POST", `/units/${callsign}/duty`, { status: "on_duty" });
    station = (town.city.stations as { id: string; position: Place }[]).find((one) => one.id === unit.station_id)!.position;
    await town.ask("POST", "/pings", [{ callsign, at: new Date().toISOString(), ...station }]);
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    expectNoFaults();
  });
  afterAll(closeBrowser);
}

export async function phone(options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
  const page = await openPage(url, "crew", { path: "/crew", width: 390, height: 844, ...options });
  pages.push(page);
  return page;
}

/** An order for the crew's unit; `told` milestones are reported at once, as over the radio. */
export async function order(complaint: string, told: string[] = []): Promise<{ run: string; incident: string; number: number }> {
  const incident = await town.incident(complaint);
  const run = randomUUID();
  await town.ask("POST", `/incidents/${incident.id}/runs`, { run_id: run, unit_id: callsign, confirm_place: true });
  for (const milestone of told) await town.ask("POST", `/runs/${run}/milestones`, { milestone, at: new Date().toISOString() });
  return { run, incident: incident.id, number: incident.number };
}

export const runOf = async (id: string): Promise<Run> => ((await town.ask("GET", "/runs")) as Run[]).find((row) => row.id === id)!;
export const next = (page: Page, word: string) => page.locator(`.next-button:has-text("${word}"):not([disabled])`);

/** Ends the alarms that other tests, or a long scene, left standing. */
export async function endAlarms(): Promise<void> {
  for (const { id, status } of (await town.ask("GET", "/crew-alarms")) as { id: string; status: string }[]) {
    if (status === "sounding") await town.ask("POST", `/crew-alarms/${id}/acknowledge`);
    if (status !== "closed") await town.ask("POST", `/crew-alarms/${id}/close`, { outcome: "safe" });
  }
}

/** Presses what comes next, and answers the server's idea of now. */
export async function press(page: Page, word: string): Promise<number> {
  await next(page, word).click();
  return Date.now();
}

/** What the browser's database holds, table by table. */
export const onDisk = (page: Page) => page.evaluate(() => new Promise<any[]>((done, fail) => {
  const asked = indexedDB.open("vigil");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    if (!asked.result.objectStoreNames.contains("kept")) return done([]);
    const all = asked.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
}));
