/** The server dies as in a power cut under a crew's phone and the wall: both say so, the taps arrive, and all of them go on. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { Server } from "./server";
import { Town } from "./town";

let server: Server;

beforeAll(async () => {
  await openBrowser();
  server = await Server.open();
}, 300_000);
afterEach(expectNoFaults);
afterAll(async () => {
  await closeBrowser();
  await server?.close();
});

test("a phone, a desk and the wall outlive a server that was killed: what was tapped meanwhile is there, once", async () => {
  let town = await Town.open(server.url);
  const { callsign } = (await (await Town.open(server.url, "crew")).ask("GET", "/me")) as { callsign: string };
  await town.crewUp(3);
  const before = await town.incident("before the power cut");
  const run = crypto.randomUUID();
  await town.ask("POST", `/incidents/${before.id}/runs`, { run_id: run, unit_id: callsign, confirm_place: true });
  const desk = await openPage(server.url, "dispatcher");
  const wall = await openPage(server.url, "dispatcher", { path: "/wall", width: 1920, height: 1080 });
  const phone = await openPage(server.url, "crew", { path: "/crew", width: 390, height: 844 });
  const next = (word: string) => phone.locator(`.next-button:has-text("${word}"):not([disabled])`);
  const all: Page[] = [desk, wall, phone];
  const waits = await town.incident("waits over the power cut");
  const shows = async (number: number) => {
    await desk.waitForSelector(`.queue .line:has-text("#${number}")`, { timeout: 15_000 });
    await wall.waitForSelector(`.wall-boards:has-text("#${number}")`, { timeout: 15_000 });
  };
  await shows(waits.number);
  await next("ACCEPT").click();
  await next("En route").waitFor();

  await server.kill();
  await Promise.all(all.map((page) => page.waitForSelector(".lamp.cut", { timeout: 3_500 })));
  await shows(waits.number); // what was known stays
  await next("En route").click();
  await next("On scene").click({ timeout: 5_000 });
  await phone.click(".sos-button");
  await phone.click('.others button:has-text("Send SOS")');
  await phone.waitForSelector('.unsent:has-text("3 taps not sent yet")');

  await server.start();
  await Promise.all(all.map((page) => page.waitForSelector(".lamp.live", { timeout: 20_000 })));
  town = await Town.open(server.url);
  const runOf = async () => ((await town.ask("GET", "/runs")) as { id: string; status: string }[]).find((row) => row.id === run)?.status;
  await expect.poll(runOf, { timeout: 20_000 }).toBe("on_scene");
  await phone.locator(".unsent").waitFor({ state: "detached", timeout: 20_000 });
  const alarms = (await town.ask("GET", "/crew-alarms")) as { callsign: string; status: string; presses: number }[];
  expect(alarms.map((row) => [row.callsign, row.status, row.presses])).toEqual([[callsign, "sounding", 1]]);
  await desk.waitForSelector(`.crew-alarm.sounding:has-text("${callsign}")`);
  await phone.waitForSelector('.sos-state.sounding:has-text("reached the centre")');
  const after = await town.incident("after the power cut");
  await shows(waits.number);
  await shows(after.number);
});
