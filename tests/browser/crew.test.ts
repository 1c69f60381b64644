/** The crew's phone: an order taken, worked and finished on it, with the line and without. */
import { randomUUID } from "node:crypto";

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town, type Place } from "./town";

const url = ourUrl();
/** How long the phone has no line in the test of it, s. `SPELL_S=120` plays the two minutes in full. */
const SPELL_S = Number(process.env.SPELL_S ?? 6);
let town: Town;
let callsign: string;
let station: Place;
const pages: Page[] = [];

type Run = { id: string; incident_id: string; status: string; milestones: Record<string, string>; seq: number };

async function phone(options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
  const page = await openPage(url, "crew", { path: "/crew", width: 390, height: 844, ...options });
  pages.push(page);
  return page;
}

/** An order for the crew's unit; `told` milestones are reported at once, as over the radio. */
async function order(complaint: string, told: string[] = []): Promise<{ run: string; incident: string; number: number }> {
  const incident = await town.incident(complaint);
  const run = randomUUID();
  await town.ask("POST", `/incidents/${incident.id}/runs`, { run_id: run, unit_id: callsign, confirm_place: true });
  for (const milestone of told) await town.ask("POST", `/runs/${run}/milestones`, { milestone, at: new Date().toISOString() });
  return { run, incident: incident.id, number: incident.number };
}

const runOf = async (id: string): Promise<Run> => ((await town.ask("GET", "/runs")) as Run[]).find((row) => row.id === id)!;
const next = (page: Page, word: string) => page.locator(`.next-button:has-text("${word}"):not([disabled])`);

/** Ends the alarms that other tests, or a long scene, left standing. */
async function endAlarms(): Promise<void> {
  for (const { id, status } of (await town.ask("GET", "/crew-alarms")) as { id: string; status: string }[]) {
    if (status === "sounding") await town.ask("POST", `/crew-alarms/${id}/acknowledge`);
    if (status !== "closed") await town.ask("POST", `/crew-alarms/${id}/close`, { outcome: "safe" });
  }
}

/** Presses what comes next, and answers the server's idea of now. */
async function press(page: Page, word: string): Promise<number> {
  await next(page, word).click();
  return Date.now();
}

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

test("an order stands on the phone with the caller's words, is taken with one press, and the desk sees it", async () => {
  const page = await phone();
  await page.waitForSelector('h2:has-text("No job")');
  const { run, number } = await order("fell from the stairs");
  await page.waitForSelector(`.job:has-text("#${number}"):has-text("fell from the stairs")`);
  expect(await page.locator(".offer .left").textContent()).toMatch(/0:[0-5]\d left to answer/);
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  await desk.click(`.queue .line:has-text("#${number}")`);
  await press(page, "ACCEPT");
  await desk.waitForSelector('.run .step.done:has-text("Accept")');
  await page.waitForSelector('.reached li:not(.not-yet):has-text("Accept")');
  expect((await runOf(run)).milestones.accepted).toBeTruthy();
});

test("the brief tells whom to ring from the street, and what the centre noted on the place", async () => {
  const page = await phone();
  const { incident } = await order("which door", ["accepted"]);
  await page.waitForSelector('.brief a[href="tel:0900000001"]');
  await town.ask("POST", `/incidents/${incident}/notes`, { text: "back gate, third floor" });
  await page.waitForSelector('.brief:has-text("back gate, third floor")', { timeout: 15_000 });
});

test("an order is declined with a reason, and the phone is free again", async () => {
  const page = await phone();
  const { run } = await order("declined");
  await page.click('button:has-text("Decline…")');
  await page.click('.offer button:has-text("Crew not ready")');
  await page.waitForSelector('h2:has-text("No job")');
  const row = (await runOf(run)) as Run & { reason: string };
  expect([row.status, row.reason]).toEqual(["declined", "Crew not ready"]);
});

test("without a line taps are counted, and arrive in order with the times they were tapped at", async () => {
  const page = await phone();
  const { run } = await order("in a tunnel", ["accepted"]);
  await next(page, "En route").waitFor();
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  const tapped: Record<string, number> = {};
  for (const [milestone, word] of [["en_route", "En route"], ["on_scene", "On scene"], ["patient_contact", "Patient contact"]] as const) {
    tapped[milestone] = await press(page, word);
    await page.waitForTimeout((SPELL_S * 1000) / 3);
  }
  expect(await page.locator(".unsent").textContent()).toMatch(/3 taps not sent yet/);
  expect(await page.locator(".reached .not-yet").count()).toBe(3); // nothing looks done before it is
  expect((await runOf(run)).status).toBe("accepted");

  await page.context().setOffline(false);
  await page.locator(".unsent").waitFor({ state: "detached", timeout: 20_000 });
  await page.locator(".reached .not-yet").first().waitFor({ state: "detached", timeout: 20_000 });
  const { milestones, status } = await runOf(run);
  expect(status).toBe("patient_contact");
  for (const [milestone, at] of Object.entries(tapped)) {
    expect(Math.abs(Date.parse(milestones[milestone]!) - at), milestone).toBeLessThan(1_500);
  }
  const stored = ((await town.ask("GET", `/incidents/${(await runOf(run)).incident_id}/timeline`)) as { topic: string; data: { milestone?: string } }[])
    .filter((entry) => entry.topic === "Run.Progressed").map((entry) => entry.data.milestone);
  expect(stored).toEqual(["accepted", "en_route", "on_scene", "patient_contact"]);
});

test("the page opens without a line, with the job and the taps that wait, and sends them later", async () => {
  const page = await phone();
  const { run, number } = await order("offline start", ["accepted"]);
  await next(page, "En route").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // What is known is written down a moment after it came.
  await expect.poll(async () => (await onDisk(page)).flatMap((one) => one.snapshot.runs as Run[]).find((row) => row.id === run)?.status,
    { timeout: 10_000 }).toBe("accepted");
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  const at = await press(page, "En route");
  await page.waitForSelector(".unsent");
  await page.reload();
  await page.waitForSelector(`.job:has-text("#${number}")`, { timeout: 20_000 });
  await page.waitForSelector('.unsent:has-text("1 tap not sent yet")');
  await page.waitForSelector('.cut-note:has-text("As of")');
  await page.locator(".parts button").nth(3).click(); // a part that was never opened with the line
  await page.waitForSelector('h2:has-text("Others, from where you are")');
  await page.context().setOffline(false);
  await page.waitForSelector(".lamp.live", { timeout: 20_000 });
  await page.locator(".unsent").waitFor({ state: "detached", timeout: 20_000 });
  expect(Math.abs(Date.parse((await runOf(run)).milestones.en_route!) - at)).toBeLessThan(1_500);
});

test("a tap that the centre does not accept is told with its reason, until it was read", async () => {
  const page = await phone();
  const { run } = await order("stood down meanwhile", ["accepted"]);
  await next(page, "En route").waitFor();
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  await press(page, "En route");
  await town.ask("POST", `/runs/${run}/milestones`, { milestone: "stood_down", at: new Date().toISOString(), reason: "nobody is hurt" });
  await page.context().setOffline(false);
  await page.waitForSelector('.refused:has-text("Not accepted: “En route”")', { timeout: 20_000 });
  await page.waitForSelector('.last.stood_down:has-text("The centre stood you down"):has-text("nobody is hurt")');
  await page.click('.refused button:has-text("Understood")');
  await page.locator(".refused").waitFor({ state: "detached" });
});

test("SOS needs two seconds of holding, reaches every desk, and the crew sees who took it", async () => {
  await endAlarms();
  const page = await phone();
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  const button = (await page.locator(".sos-button").boundingBox())!;
  await page.mouse.move(button.x + 20, button.y + 20);
  await page.mouse.down();
  await page.waitForTimeout(700);
  await page.mouse.up(); // too short
  await page.waitForSelector('.others:has-text("Do you need help?")');
  expect(await page.locator('.others a[href="tel:115"]').count()).toBe(1);
  await page.click('.others button:has-text("Back")');
  expect(await desk.locator(".crew-alarm").count()).toBe(0);
  await page.mouse.move(button.x + 20, button.y + 20);
  await page.mouse.down();
  await page.waitForTimeout(2_300);
  await page.mouse.up();
  await desk.waitForSelector(`.crew-alarm.sounding:has-text("${callsign}")`);
  await page.waitForSelector('.sos-state.sounding:has-text("reached the centre")');
  expect(await page.locator(".others").count()).toBe(0);
  await desk.locator(".crew-alarm.sounding button").last().click();
  await page.waitForSelector('.sos-state.acknowledged:has-text("dispatcher")');
  await endAlarms();
  await page.locator(".sos-state").waitFor({ state: "detached" });
});

test("words of the centre stand on the phone until they are read, and the desk sees when", async () => {
  const page = await phone();
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  const { number } = await order("which gate", ["accepted"]);
  await desk.click(`.queue .line:has-text("#${number}")`);
  await desk.click('.run button:has-text("Message…")');
  await desk.fill(".message-form input", "back gate, the dog is tied up");
  await desk.keyboard.press("Enter");
  await desk.waitForSelector('.messages .unread:has-text("back gate")');
  await page.waitForSelector('.message:has-text("the dog is tied up")');
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  await page.click('.message button:has-text("Read")');
  await page.locator(".message").waitFor({ state: "detached" }); // tapped, and in the box
  await page.waitForSelector('.unsent:has-text("1 tap not sent yet")');
  expect(await desk.locator(".messages .unread").count()).toBe(1);
  await page.context().setOffline(false);
  await desk.waitForSelector('.messages .read:has-text("read at")', { timeout: 20_000 });
  await page.waitForSelector('.old-messages:has-text("(1)")');
  await desk.waitForSelector('.timeline .entry:has-text("has read the message")');
});

test("a line writes to a crew between jobs, once, and not to one that has gone home", async () => {
  const page = await phone();
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  const line = desk.locator("#command");
  await line.fill(`M ${callsign} fill up before you come back`);
  await line.press("Enter");
  await page.waitForSelector('.message:has-text("fill up before you come back")');
  await desk.waitForSelector(`.unit-line:has-text("${callsign}") button[aria-label*="has not read"]`);
  await page.click('.message button:has-text("Read")');
  await desk.locator(`.unit-line:has-text("${callsign}") button[aria-label*="has not read"]`).waitFor({ state: "detached" });
  await town.ask("POST", `/units/${callsign}/duty`, { status: "off_duty" });
  await line.fill(`M ${callsign} anybody there`);
  await desk.waitForSelector("text=nobody would read it");
  await line.press("Escape");
});

test("a crew that is asked to wait elsewhere says that it goes, and later why it cannot; the desk reads both", async () => {
  const page = await phone();
  const desk = await openPage(url, "dispatcher");
  pages.push(desk);
  await town.crewUp(6);
  type Proposal = { id: string; callsign: string; post_name: string };
  const own = async () => ((await town.ask("GET", "/move-ups").catch(() => [])) as Proposal[]).find((one) => one.callsign === callsign);
  await expect.poll(own, { timeout: 60_000 }).toBeTruthy();
  const { id, post_name } = (await own())!;
  await town.ask("POST", `/move-ups/${id}/accept`, {});
  await page.waitForSelector(`section[aria-label="The centre asks you to wait at"]:has-text("${post_name}")`);
  const line = desk.locator(".unit-line", { has: desk.locator(`.callsign:text-is("${callsign}")`) });
  await line.locator('.station:has-text("has not answered")').waitFor();
  await page.click('button:has-text("On our way")');
  await line.locator('.station:has-text("the crew goes there")').waitFor();
  await page.click('button:has-text("Cannot…")');
  await page.click('button:has-text("Stuck in traffic")');
  await line.locator(`.station:has-text("cannot wait at ${post_name}: Stuck in traffic")`).waitFor();
  await page.locator('section[aria-label="The centre asks you to wait at"]').waitFor({ state: "detached" });
});

test("behind another page the phone's own list tells of a job, without place or patient; looked at, it is empty", async () => {
  const page = await phone();
  await page.context().grantPermissions(["notifications"]);
  await page.reload();
  await page.waitForSelector(".lamp.live");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.click('button:has-text("More")');
  await page.waitForSelector('.whereabouts:has-text("Notices: on")');
  const behind = (hidden: boolean) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  const told = () => page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications()).map((one) => `${one.title} ${one.body}`);
  });
  await behind(true);
  const { number } = await order("chest pain at the river house");
  await expect.poll(told, { timeout: 10_000 }).toEqual([`New job: #${number} Open Vigil to see it.`]);
  await town.ask("POST", `/units/${callsign}/messages`, { text: "the code of the gate is 4711" });
  await expect.poll(async () => (await told()).sort(), { timeout: 10_000 })
    .toEqual([`New job: #${number} Open Vigil to see it.`, "The centre has written Open Vigil to see it."].sort());
  await behind(false);
  await expect.poll(told).toEqual([]);
  await page.click('.message button:has-text("Read")');
  await page.click('button:has-text("Turn notices off")');
  await page.waitForSelector('.whereabouts:has-text("Notices: off")');
});

test("two phones of one crew are one crew: the same step from both counts once", async () => {
  const [one, other] = [await phone(), await phone()];
  const { run } = await order("two phones", ["accepted"]);
  await next(one, "En route").waitFor();
  await next(other, "En route").waitFor();
  for (const page of [one, other]) {
    await page.context().setOffline(true);
    await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  }
  const first = await press(one, "En route");
  await one.waitForTimeout(1_200);
  await press(other, "En route");
  await one.waitForTimeout(1_600);
  await press(one, "On scene");
  await other.context().setOffline(false); // the later tap comes first
  await expect.poll(async () => (await runOf(run)).status, { timeout: 20_000 }).toBe("en_route");
  await one.context().setOffline(false);
  await expect.poll(async () => (await runOf(run)).status, { timeout: 20_000 }).toBe("on_scene");
  await expect.poll(() => one.locator(".unsent").count(), { timeout: 20_000 }).toBe(0);
  const { milestones } = await runOf(run);
  // Two taps for one step: the one that came first to the centre stands, with its own time.
  expect(Date.parse(milestones.en_route!) - first).toBeGreaterThan(500);
  expect(Date.parse(milestones.on_scene!)).toBeGreaterThan(Date.parse(milestones.en_route!));
  expect(Object.keys(milestones).filter((name) => name !== "assigned").sort()).toEqual(["accepted", "en_route", "on_scene"]);
});

test("SOS pressed twice without a line is one alarm, with two presses", async () => {
  await endAlarms();
  const page = await phone();
  await page.waitForSelector(".sos-button");
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
  for (const time of [1, 2]) {
    await page.click(".sos-button");
    await page.click('.others button:has-text("Send SOS")');
    await page.waitForSelector(`.unsent:has-text("${time} tap")`);
  }
  await page.context().setOffline(false);
  await page.locator(".unsent").waitFor({ state: "detached", timeout: 20_000 });
  type Alarm = { callsign: string; status: string; presses: number };
  const standing = ((await town.ask("GET", "/crew-alarms")) as Alarm[]).filter((row) => row.status !== "closed");
  expect(standing.map((row) => [row.callsign, row.presses])).toEqual([[callsign, 2]]);
  await endAlarms();
});

test("a phone whose clock is hours wrong tells the centre's time of its taps", async () => {
  const page = await phone({ ready: null });
  await page.clock.install({ time: Date.now() + 5 * 3600_000 });
  await page.reload();
  await page.waitForSelector(".lamp.live");
  const { run } = await order("wrong clock", ["accepted"]);
  await next(page, "En route").waitFor();
  const at = await press(page, "En route");
  await expect.poll(async () => (await runOf(run)).milestones.en_route, { timeout: 15_000 }).toBeTruthy();
  expect(Math.abs(Date.parse((await runOf(run)).milestones.en_route!) - at)).toBeLessThan(2_500);
});

test("a danger stands above everything, and the crew says that all is well", async () => {
  const page = await phone();
  const { run, incident } = await order("a knife", ["accepted", "en_route", "on_scene"]);
  await town.ask("PUT", `/incidents/${incident}/danger`, { danger: "a man with a knife" });
  await page.waitForSelector('.danger-strip[role=alert]:has-text("a man with a knife")');
  await page.click('.welfare button:has-text("All well")');
  await page.waitForSelector('.welfare:has-text("Next all-well")');
  await expect.poll(async () => ((await runOf(run)) as Run & { checked_at: string | null }).checked_at).toBeTruthy();
});

test("our way is drawn and told turn by turn, and follows a closed street", async () => {
  const page = await phone();
  await order("by road", ["accepted", "en_route"]);
  await page.locator(".parts button").nth(1).click();
  await page.waitForSelector(".road-picture .ahead");
  const before = (await page.locator(".next-turn, .turns").allTextContents()).join();
  expect(before).toMatch(/(Left|Right|Straight on|Turn round) into|Almost there/);
  expect(await page.locator(".attribution").textContent()).toContain("OpenStreetMap");
  expect(await page.locator(".big-link[href^='geo:']").count()).toBe(1);
  const { lat, lon } = town.centre;
  const id = randomUUID();
  await town.ask("POST", "/traffic/closures", {
    id, stretch: { kind: "point", points: [[lat + 0.001, lon + 0.001]], width_m: 60 }, reason: "flood", until: new Date(Date.now() + 600_000).toISOString(),
  });
  await page.waitForResponse((answer) => answer.url().includes("/api/v1/route") && answer.ok(), { timeout: 20_000 });
  await town.ask("DELETE", `/traffic/closures/${id}?reason=dry`);
});

test("another hospital is chosen from where the unit is, and told ahead", async () => {
  const page = await phone();
  const { run } = await order("chest pain", ["accepted", "en_route", "on_scene", "patient_contact"]);
  await page.locator(".parts button").nth(3).click();
  const first = page.locator(".hospital-list li").first();
  await first.waitFor();
  const name = (await first.locator("b").first().textContent())!;
  await first.locator('button:has-text("Go here")').click();
  await page.waitForSelector(`section[aria-label="Bound for"] h2:has-text("${name}")`);
  await page.click("summary:has-text('Pre-alert')");
  const form = page.locator(".pre-alert-form");
  await form.locator("input").first().fill("64");
  await form.locator('.toggle:has-text("V Voice")').click();
  await form.locator('.toggle:text-is("male")').click();
  await form.locator('.toggle:has-text("On oxygen")').click();
  // A look at another part of the page loses nothing of it.
  await page.locator(".parts button").nth(0).click();
  await page.locator(".parts button").nth(3).click();
  await page.click("summary:has-text('Pre-alert')");
  for (const [place, value] of [[1, "24"], [2, "91"], [3, "98"], [4, "118"], [5, "38,6"]] as const) await form.locator("input").nth(place).fill(value);
  await form.locator("textarea").first().fill("crushing pain, grey");
  await form.locator('button:has-text("Send to the hospital")').click();
  await page.waitForSelector('.said:has-text("Kept")');
  const bound = ((await runOf(run)) as Run & { hospital_id: string }).hospital_id;
  await expect.poll(async () => {
    const board = (await town.ask("GET", `/hospitals/${bound}/inbound`)) as { expected: { run_id: string; pre_alert: Record<string, any> | null }[] };
    const told = board.expected.find((one) => one.run_id === run)?.pre_alert;
    return told && [told.age_years, told.avpu, told.condition, told.news2.score > 6];
  }, { timeout: 10_000 }).toEqual([64, "V", "crushing pain, grey", true]);
  const ward = await openPage(url, "supervisor", { path: "/hospital", width: 820, height: 1180 });
  pages.push(ward);
  await ward.click(`.ward-choice button:has-text("${name}")`);
  await ward.waitForSelector('.pre-alert:has-text("64 years · male · AVPU V · crushing pain, grey")');
  expect(await ward.locator(".vital-signs").textContent()).toMatch(
    /^NEWS2 1\d · HIGH RISK24 breaths\/min · SpO₂ 91 % · on oxygen · systolic 98 mmHg · pulse 118\/min · 38\.6 °C$/);
});

test("casualties are counted by colour and taken aboard", async () => {
  const page = await phone();
  const { incident } = await order("bus crash", ["accepted", "en_route", "on_scene"]);
  await page.locator(".parts button").nth(2).click();
  for (const colour of ["Red", "Red", "Yellow"]) await page.click(`button[aria-label="One ${colour} more"]`);
  await page.click('button:has-text("Tag 3")');
  await page.waitForSelector('.said:has-text("3 entered")');
  await expect.poll(() => page.locator(".tagged li").count(), { timeout: 10_000 }).toBe(3);
  await page.locator(".tag-line").first().click();
  await page.click('button:has-text("Aboard")');
  await page.waitForSelector('.tag-line:has-text("aboard")');
  const told = (await town.ask("GET", `/incidents/${incident}/patients`)) as { totals: Record<string, number> };
  expect(told.totals).toEqual({ red: 2, yellow: 1 });
});

/** What the browser's database holds, table by table. */
const onDisk = (page: Page) => page.evaluate(() => new Promise<any[]>((done, fail) => {
  const asked = indexedDB.open("vigil");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    if (!asked.result.objectStoreNames.contains("kept")) return done([]);
    const all = asked.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
}));

test("what the phone keeps is the crew's own, and gone with the sign-out, which is asked for once", async () => {
  const page = await phone({ signIn: "own" });
  await expect.poll(async () => (await onDisk(page)).map((one) => one.name), { timeout: 10_000 }).toEqual(["last"]);
  const asked: string[] = [];
  page.on("request", (request) => request.url().endsWith("/logout") && asked.push(request.method()));
  await page.click(".head-line .quiet");
  // A change of a row as somebody leaves: what is about to be written must not come back.
  await town.ask("POST", "/pings", [{ callsign, at: new Date().toISOString(), ...station }]);
  await page.click('button:has-text("Sign out")');
  await page.waitForSelector("[name=password]");
  await page.waitForTimeout(1_500);
  expect([asked, await onDisk(page)]).toEqual([["POST"], []]);
});

test("whoever of the desk looks at the crew's page leaves nothing of the city in the browser", async () => {
  await town.incident("who rang from 0900 000 001");
  const page = await openPage(url, "dispatcher", { path: "/crew", ready: ".phone" });
  pages.push(page);
  await page.waitForTimeout(2_000);
  expect(await onDisk(page)).toEqual([]);
});

test("the phone tells where it is, once the crew allowed it", async () => {
  const page = await phone();
  const [lat, lon] = [station.lat + 0.0001, station.lon]; // a few steps on: a leap would not be believed
  await page.context().grantPermissions(["geolocation"]);
  await page.context().setGeolocation({ latitude: lat, longitude: lon, accuracy: 8 });
  await page.click('button:has-text("More")');
  await page.click('button:has-text("Send my position")');
  await page.waitForSelector('.whereabouts:has-text("being sent")');
  await expect.poll(async () => {
    const units = (await town.ask("GET", "/units")) as { callsign: string; position: Place }[];
    return units.find((one) => one.callsign === callsign)!.position.lat.toFixed(5);
  }, { timeout: 10_000 }).toBe(lat.toFixed(5));
});

test.each([["vi", "day"], ["en", "night"]] as const)("every part is free of accessibility faults, with targets of 56 px, in %s by %s", async (language, light) => {
  const page = await phone({ language });
  await page.evaluate((chosen) => localStorage.setItem("vigil.crew.light", chosen), light);
  await page.reload();
  await page.waitForSelector(".lamp.live");
  expect(await breaches(page)).toEqual([]);
  await order("té cầu thang", ["accepted", "en_route", "on_scene"]);
  await page.waitForSelector(".next-button");
  await page.click(".head-line .quiet");
  for (const part of [0, 1, 2, 3]) {
    await page.locator(".parts button").nth(part).click();
    if (part === 3) await page.locator(".pre-alert-form summary").click();
    await page.waitForTimeout(600);
    expect(await breaches(page), `part ${part}`).toEqual([]);
    const small = await page.evaluate(() => [...document.querySelectorAll(".phone button, .phone input, .phone summary, .phone .big-link")]
      .filter((one) => one.getClientRects().length > 0 && Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < 55.5)
      .map((one) => `${one.className} ${one.textContent}`));
    expect(small, `part ${part}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await page.click(".other-button");
  expect(await breaches(page)).toEqual([]);
});

test("the page is installable: a manifest with icons, and a worker that keeps every file of it", async () => {
  const page = await phone();
  const manifest = await (await fetch(`${url}/crew.webmanifest`)).json();
  expect([manifest.start_url, manifest.display]).toEqual(["/crew", "standalone"]);
  for (const icon of manifest.icons) expect((await fetch(url + icon.src)).headers.get("content-type")).toBe("image/png");
  const kept = await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    const cache = await caches.open(names.find((name) => name.startsWith("/crew#"))!);
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });
  expect(kept).toContain("/crew");
  expect(kept.some((name) => /\/assets\/Road-/.test(name))).toBe(true);
  expect(kept.some((name) => /Map/.test(name))).toBe(false); // no map for a phone
});
