/** A crew's call for help where much else fails: no line and a page closed, a clock that is wrong, a phone asleep, a session that ended. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { callsign, crewRoom, endAlarms, next, onDisk, order, phone, runOf, town } from "./crew_room";
import { ourUrl } from "./ours";

const url = ourUrl();
crewRoom();

type Alarm = { callsign: string; status: string; presses: number; since: string };
const standing = async () => ((await town.ask("GET", "/crew-alarms")) as Alarm[]).filter((row) => row.status !== "closed");

async function callForHelp(page: Page): Promise<number> {
  await page.click(".sos-button");
  await page.click('.others button:has-text("Send SOS")');
  return Date.now();
}

async function cut(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.waitForSelector(".lamp.cut", { timeout: 10_000 });
}

/** The page's files and its rows lie on the phone: it opens again without a line. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(async () => (await onDisk(page)).length, { timeout: 10_000 }).toBeGreaterThan(0);
}

/** One alarm of one press, that tells when the crew pressed. */
async function expectAlarm(pressed: number): Promise<void> {
  await expect.poll(async () => (await standing()).map((row) => [row.callsign, row.presses]), { timeout: 20_000 }).toEqual([[callsign, 1]]);
  expect(Math.abs(Date.parse((await standing())[0]!.since) - pressed)).toBeLessThan(2_500);
}

test.each([["right", 0], ["five hours fast", 5 * 3600_000], ["a day slow", -24 * 3600_000]])(
  "pressed without a line on a phone whose clock is %s, the page closed and opened again twice: one alarm, with the time of the press", async (_, off) => {
    await endAlarms();
    const first = await phone({ ready: null });
    if (off) await first.context().clock.install({ time: Date.now() + off });
    await first.reload();
    await first.waitForSelector(".lamp.live");
    await kept(first);
    await cut(first);
    const pressed = await callForHelp(first);
    await first.waitForSelector('.sos-state.going:has-text("KEPT"):has(a[href="tel:115"])');
    await expect.poll(() => first.locator(".unsent").textContent()).toMatch(/1 tap not sent yet/);
    const context = first.context();
    await first.waitForTimeout(1_000);
    await first.close();
    const second = await context.newPage();
    await second.goto(`${url}/crew`);
    await second.waitForSelector('.sos-state.going:has-text("KEPT")', { timeout: 20_000 });
    await second.close();
    const third = await context.newPage();
    await third.goto(`${url}/crew`);
    await third.waitForSelector(".unsent", { timeout: 20_000 });
    await context.setOffline(false);
    await expectAlarm(pressed);
    await third.waitForSelector('.sos-state.sounding:has-text("reached the centre")', { timeout: 20_000 });
    expect(await third.locator(".sos-state.going").count()).toBe(0);
    await endAlarms();
  });

test("pressed just before the phone falls asleep, it goes out as soon as the phone wakes", async () => {
  await endAlarms();
  const page = await phone();
  await order("before sleep", ["accepted"]);
  await next(page, "En route").waitFor();
  await cut(page);
  const pressed = await callForHelp(page);
  await page.waitForSelector(".unsent");
  const line = await page.context().newCDPSession(page);
  await line.send("Page.setWebLifecycleState", { state: "frozen" });
  await page.context().setOffline(false);
  await new Promise((done) => setTimeout(done, 4_000));
  await line.send("Page.setWebLifecycleState", { state: "active" });
  await expectAlarm(pressed);
  await page.waitForSelector('.sos-state.sounding:has-text("reached the centre")', { timeout: 15_000 });
  await endAlarms();
});

test("a crew whose session ended can still call the number, and what it had pressed goes out when it has signed in", async () => {
  await endAlarms();
  const page = await phone({ signIn: "none", ready: null });
  const enter = async () => {
    await page.fill("[name=username]", "crew");
    await page.fill("[name=password]", "demo");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".lamp.live");
  };
  await enter();
  await cut(page);
  const pressed = await callForHelp(page);
  await page.waitForSelector(".unsent");
  await page.click(".phone-head .quiet");
  await page.click('.crew-menu button:has-text("Sign out")');
  await page.waitForSelector('.crew-menu .notice:has-text("has not reached the centre yet")'); // it goes out under this session alone
  await page.context().clearCookies();
  await page.context().setOffline(false);
  await page.waitForSelector('.login-over a[href="tel:115"]', { timeout: 15_000 });
  expect(await standing()).toEqual([]);
  await enter();
  await expectAlarm(pressed);
  await endAlarms();
});

test("a clock that is set on while there is no line keeps neither the call for help nor the taps from the centre", async () => {
  await endAlarms();
  const page = await phone({ ready: null });
  await page.context().addInitScript(() => {
    const real = Date.now.bind(Date);
    const stepped = window as unknown as { step: number };
    stepped.step = 0;
    Date.now = () => real() + stepped.step;
  });
  await page.reload();
  await page.waitForSelector(".lamp.live");
  const { run } = await order("clock set on", ["accepted"]);
  await next(page, "En route").waitFor();
  await cut(page);
  await page.evaluate(() => { (window as unknown as { step: number }).step = 60_000; });
  await next(page, "En route").click();
  await page.waitForSelector(".unsent");
  const pressed = await callForHelp(page);
  await page.context().setOffline(false);
  await expect.poll(async () => (await standing()).map((row) => row.callsign), { timeout: 20_000 }).toEqual([callsign]);
  expect(Math.abs(Date.parse((await standing())[0]!.since) - pressed)).toBeLessThan(20_000);
  await next(page, "On scene").waitFor({ timeout: 20_000 });
  await expect.poll(async () => (await runOf(run)).status).toBe("en_route");
  expect(await page.locator(".refused").count()).toBe(0);
  await endAlarms();
});
