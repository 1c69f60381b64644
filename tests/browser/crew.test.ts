/** The crew's phone: an order taken, worked and finished on it; what the centre and its crew say to each other meanwhile. */
import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { callsign, crewRoom, next, order, pages, phone, press, type Run, runOf, station, town } from "./crew_room";
import { openPage } from "./desk";
import { ourUrl } from "./ours";

const url = ourUrl();
crewRoom();

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
