/** The crew's phone where there is no line: taps keep their order and their times, an SOS is one alarm, and two phones are one crew. */
import { expect, test } from "vitest";

import { callsign, crewRoom, endAlarms, next, onDisk, order, pages, phone, press, type Run, runOf, town } from "./crew_room";
import { openPage } from "./desk";
import { ourUrl } from "./ours";

const url = ourUrl();
/** How long the phone has no line, s. `SPELL_S=120` plays the two minutes in full. */
const SPELL_S = Number(process.env.SPELL_S ?? 6);
crewRoom();

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
