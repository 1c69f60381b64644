/**
 * A desk in a flood: 2,000 units that report each second, 50 facts a second, and somebody who types all the while.
 * Nothing may be lost; how quick it is goes into a file, beside a bare page in the same minutes.
 *
 * VIGIL_LOAD_MINUTES : of the boards alone (10); a quarter of it, at most 3, with the map open
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "../desk";
import { different } from "../same";
import { ROOT, Server } from "../server";
import { Town } from "../town";
import { cityOfManyUnits, signOn, UNITS } from "./city";
import { Fleet } from "./fleet";
import { Orders } from "./orders";
import { Typist } from "./typing";
import { anew, Books, noted, watch } from "./watch";

const MINUTES = Number(process.env.VIGIL_LOAD_MINUTES ?? 10);
const PACE = Number(process.env.VIGIL_LOAD_PACE ?? 50);
const WITH_MAP_MINUTES = Math.min(3, MINUTES / 4);
const BARE_S = Math.min(60, MINUTES * 15);
const WARM_S = Math.min(30, MINUTES * 15);
const STANDING = 40;
/** Of this test with a machine that does not keep up, ms. */
const PATIENCE_MS = 120_000;
const RUN_UNITS = 12;
const SIZE = { width: 1920, height: 1080 };

let city: ReturnType<typeof cityOfManyUnits>;
let server: Server;
let town: Town;
let fleet: Fleet;
let orders: Orders;
let flood: Promise<unknown>;
let began: number;
const told: Record<string, unknown> = { minutes: MINUTES, units: UNITS, facts_a_second_wanted: PACE };

beforeAll(async () => {
  city = cityOfManyUnits();
  server = await Server.open(["--cities", city.folder]);
  await openBrowser();
  town = await Town.open(server.url);
  const where = await signOn(town);
  const standing: string[] = [];
  while (standing.length < STANDING) standing.push((await town.incident(`Chờ xe ${standing.length + 1}`, `P${2 + (standing.length % 3)}`)).id);
  const hospitals = ((await town.ask("GET", "/hospitals")) as { id: string; beds: Record<string, { staffed: number } | null> }[])
    .flatMap(({ id, beds }) => (beds.EmergencyDepartment ? [{ id, staffed: beds.EmergencyDepartment.staffed }] : []));
  const names = [...where.keys()];
  const spare = names.filter((name) => name.startsWith("C")).slice(0, RUN_UNITS);
  fleet = new Fleet(town, where);
  orders = new Orders(town, standing, spare, names.filter((name) => !spare.includes(name)), hospitals);
  began = Date.now();
  flood = Promise.all([fleet.drive(), orders.flow(PACE)]);
  flood.catch(() => undefined); // told where it is awaited
}, 600_000);

afterAll(async () => {
  fleet?.stop();
  orders?.stop();
  await flood?.catch(() => undefined);
  await closeBrowser();
  await server?.close();
  city?.clear();
});

const ratio = (ours: number, bare: number) => Math.round((100 * ours) / Math.max(1, bare)) / 100;

/** A page that only shows what is typed: what this machine and its browser cost in the same flood. */
async function bare() {
  const page = await openPage(server.url, "dispatcher", { path: "/healthz", ready: null, ...SIZE });
  await watch(page);
  await page.goto(`${server.url}/healthz`);
  await page.evaluate(() => { document.body.innerHTML = '<input id="field" style="width: 90%">'; });
  const typist = new Typist(page, ["#field"]);
  await anew(page);
  await typist.typeUntil(Date.now() + BARE_S * 1_000);
  const { keys, frames } = await noted(page);
  await page.context().close();
  return { keys, frames };
}

/** A desk somebody has worked at for a while, with everything it loads late. */
async function warm(path: string) {
  const page = await openPage(server.url, "dispatcher", { path: "/healthz", ready: null, ...SIZE });
  await watch(page);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(server.url + path, { waitUntil: "commit" });
  await page.waitForSelector(".lamp.live");
  await page.locator(".queue .line:not(.call-line)").first().click();
  await page.waitForSelector(".recommendation fieldset");
  const typist = new Typist(page, ["#command", ".intake input:not(#phone)"]);
  await typist.typeUntil(Date.now() + WARM_S * 1_000);
  return { page, typist };
}

/** What a desk holds that was opened just now on the same board: the emergencies of the flood are on both, what piled up is not. */
async function heapOfAnother(path: string): Promise<number> {
  const { page } = await warm(path);
  const heap = await (await Books.of(page)).heap();
  await page.context().close();
  return heap;
}

async function desk(path: string, minutes: number) {
  const { page, typist } = await warm(path);
  const books = await Books.of(page);
  const heapBefore = await books.heap();
  await anew(page);
  await books.begin();
  await typist.typeUntil(Date.now() + minutes * 60_000);
  const worked = await books.worked();
  const { keys, frames, events, gaps, sockets } = await noted(page);
  const heapAfter = await books.heap();
  const resyncs = await page.evaluate(() => (window as unknown as { vigil: { link: { resyncs: number } } }).vigil.link.resyncs);
  const heapOther = await heapOfAnother(path);
  return {
    page, typist, keys, frames, events, gaps, sockets, resyncs, ...worked, heap_mb: [heapBefore, heapAfter], heap_of_another_mb: heapOther,
    heap_growth: heapAfter / heapOther - 1, heap_growth_with_the_board: heapAfter / heapBefore - 1,
  };
}

for (const { name, path, minutes } of [
  { name: "boards", path: "/?nomap=1", minutes: MINUTES },
  { name: "with_map", path: "/", minutes: WITH_MAP_MINUTES },
]) {
  test(`${name}: in a flood no key and no fact is lost, nothing piles up, and the desk holds what the server holds`, async () => {
    const beside = await bare();
    const facts = orders.facts;
    const since = Date.now();
    const { page, typist, ...found } = await desk(path, minutes);
    told[name] = {
      ...found, bare: beside, typed: typist.typed, facts_a_second: (orders.facts - facts) / ((Date.now() - since) / 1_000),
      pings_a_second: fleet.taken / ((Date.now() - began) / 1_000),
      key_p95_to_bare: ratio(found.keys.p95, beside.keys.p95), frame_p99_to_bare: ratio(found.frames.p99, beside.frames.p99),
    };
    tell();
    expect(typist.lost).toEqual([]);
    expect([found.gaps, found.resyncs]).toEqual([0, 0]);
    expect(found.events).toBeGreaterThan(minutes * 60); // there was something to lose
    if (name === "boards") {
      expect(found.heap_growth).toBeLessThan(0.1);
      await page.context().close();
      return;
    }
    fleet.stop();
    orders.stop();
    await flood;
    expect(orders.refused).toEqual([]);
    await expect.poll(() => different(page, town), { timeout: 30_000 }).toEqual([]);
    await page.context().close();
    expectNoFaults();
  }, (minutes + 10) * 60_000);
}

function tell(): void {
  mkdirSync(join(ROOT, "var"), { recursive: true });
  writeFileSync(join(ROOT, "var/browser-load.json"), `${JSON.stringify(told, null, 2)}\n`);
  console.info(JSON.stringify(told, null, 2));
}
