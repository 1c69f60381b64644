/** A ward and who comes to it: asked and told ahead with a sound, who stands at the door, its services, hours and cars. */
import { randomUUID } from "node:crypto";

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";
import { wardTablet } from "./ward_tablet";

const url = ourUrl();
let town: Town;
let hospital: string;
const pages: Page[] = [];

const ward = (language: "vi" | "en" = "en") => wardTablet(url, pages, language);

/** An ambulance that is sent there. */
async function bound(complaint: string): Promise<{ run: string; callsign: string; number: number }> {
  const [callsign] = await town.crewUp(1);
  const incident = await town.incident(complaint);
  const run = randomUUID();
  await town.ask("POST", `/incidents/${incident.id}/runs`, {
    run_id: run, unit_id: callsign, hospital_id: hospital, confirm_place: true,
    override_reason: "the family asks for it",
  });
  return { run, callsign: callsign!, number: incident.number };
}

const told = (run: string, ...milestones: string[]) => milestones.reduce(async (before, milestone) => {
  await before;
  await town.ask("POST", `/runs/${run}/milestones`, { milestone, at: new Date().toISOString() });
}, Promise.resolve());

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  hospital = ((await (await Town.open(url, "hospital")).ask("GET", "/me")) as { hospital_id: string }).hospital_id;
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

test("who is asked hears it, reads the pre-alert with its score, and says yes", async () => {
  const page = await ward();
  await page.evaluate(() => {
    const counted = globalThis as unknown as { tones: number };
    counted.tones = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) { counted.tones += 1; start.call(this, when); };
  });
  const tones = () => page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
  await page.waitForSelector(".asked-bar.nobody");
  await page.click('button:has-text("Sound on")');
  expect(await tones()).toBe(2); // the tablet is not mute
  const { run, callsign } = await bound("chest pain, sweating");
  await page.waitForSelector(".asked-bar:not(.nobody)", { timeout: 20_000 });
  await expect.poll(tones).toBeGreaterThanOrEqual(2 + 4);
  await town.ask("POST", `/runs/${run}/pre-alert`, {
    age_years: 64, avpu: "V", condition: "crushing pain, grey",
    vitals: { rate: 24, spo2: 91, on_oxygen: false, systolic: 98, pulse: 118, consciousness: "V", temperature_c: 38.6 },
  });
  const line = page.locator(".inbound li", { has: page.locator(`.callsign:text-is("${callsign}")`) }).first();
  await line.locator('.pre-alert:has-text("crushing pain, grey")').waitFor({ timeout: 20_000 });
  expect((await line.locator(".pre-alert").allTextContents()).join(" ")).toMatch(/NEWS2 1\d/);
  expect(await breaches(page)).toEqual([]);
  await line.getByRole("button", { name: "We take it" }).click();
  await line.locator('.answer-said:has-text("You have said yes")').waitFor();
  await page.waitForSelector(".asked-bar.nobody");
  const board = (await town.ask("GET", `/hospitals/${hospital}/inbound`)) as { expected: { run_id: string; acceptance: string }[] };
  expect(board.expected.find((one) => one.run_id === run)?.acceptance).toBe("accepted");
  await page.click('button:has-text("Sound off")');
});

test("a ward that has no room asks for another, with a reason; who came anyway stands at the door until the handover", async () => {
  const page = await ward();
  const { run, callsign } = await bound("hit by a lorry");
  const line = page.locator(".inbound li", { has: page.locator(`.callsign:text-is("${callsign}")`) }).first();
  await line.getByRole("button", { name: "Elsewhere…" }).click();
  await line.getByRole("button", { name: "Tell dispatch" }).click();
  await line.locator(".notice").waitFor(); // not without a reason
  await line.locator(".segment").first().click();
  await line.getByRole("button", { name: "Tell dispatch" }).click();
  await line.locator('.answer-said:has-text("goes elsewhere")').waitFor();
  await told(run, "accepted", "en_route", "on_scene", "transporting", "at_hospital");
  await page.waitForSelector(`section[aria-label="At the door"] :text("${callsign}")`);
  await page.waitForSelector('section[aria-label="At the door"]:has-text("to hand over")');
  expect(await breaches(page)).toEqual([]);
  await told(run, "handed_over");
  await page.waitForSelector('section[aria-label="At the door"]:has-text("No crew is waiting")');
});

test("a service is closed for now and opened again, and its hours are written once", async () => {
  const page = await ward();
  const services = page.locator(".services");
  const first = services.locator("li").first();
  await first.getByRole("button", { name: "Close…" }).click();
  await first.locator(".picks button").first().click();
  await first.locator(".closed-now").waitFor();
  await first.getByRole("button", { name: "By its hours again" }).click();
  await first.locator(".open-now").waitFor();
  await services.getByRole("button", { name: "Hours…" }).click();
  const input = services.locator(".hours-form input").first();
  await input.fill("7 to 5");
  await services.getByRole("button", { name: "Save the hours" }).click();
  await services.locator('.notice:has-text("07:00-17:00")').waitFor();
  expect(await breaches(page)).toEqual([]);
  await input.fill("00:00-11:30, 11:30-23:59");
  await services.getByRole("button", { name: "Save the hours" }).click();
  await first.locator('.faint:has-text("00:00-11:30, 11:30-23:59")').waitFor();
  await services.getByRole("button", { name: "Hours…" }).click();
  await input.fill("");
  await services.getByRole("button", { name: "Save the hours" }).click();
  await first.locator('.faint:has-text("always open")').waitFor();
});

test("a car the station needs for itself is gone from the centre with a reason, and back again", async () => {
  const page = await ward();
  const car = page.locator(".cars li").first();
  await car.waitFor();
  const callsign = (await car.locator(".callsign").textContent())!;
  const withdrawn = async () => ((await town.ask("GET", "/units")) as { callsign: string; withdrawn: { reason: string } | null }[])
    .find((one) => one.callsign === callsign)!.withdrawn?.reason ?? null;
  await car.getByRole("button", { name: "Withdraw…" }).click();
  await car.getByRole("button", { name: "Withdraw it" }).click();
  await car.locator(".notice").waitFor(); // not without a reason
  await car.locator('.segment:has-text("No crew")').click();
  expect(await breaches(page)).toEqual([]);
  await car.getByRole("button", { name: "Withdraw it" }).click();
  await car.locator('.amber:has-text("withdrawn")').waitFor();
  expect(await withdrawn()).toBe("No crew");
  await car.getByRole("button", { name: "Give back to dispatch" }).click();
  await car.getByRole("button", { name: "Withdraw…" }).waitFor();
  expect(await withdrawn()).toBeNull();
});

test("every part of the page is free of accessibility faults in Vietnamese by night", async () => {
  const page = await ward("vi");
  await page.click('button:has-text("Tối")');
  await bound("té xe");
  await page.waitForSelector(".answer-hospital");
  await page.locator(".services .ward-section button").click();
  await page.locator(".cars li button").first().click();
  expect(await breaches(page)).toEqual([]);
});
