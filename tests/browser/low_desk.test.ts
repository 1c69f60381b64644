/** The desk on the commonest monitor of a centre, 1366 by 768: nothing leaves the window, what is urgent is in sight, and nothing jumps. */
import { randomUUID } from "node:crypto";

import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
let page: Page;

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
  await town.crewUp(3);
});
beforeEach(async () => { page = await openPage(url, "dispatcher", { language: "vi" }); });
afterEach(async () => {
  await page.context().close();
  await endAlarms();
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

/** A call stored by the form, with its first question on the screen. */
async function assessing(): Promise<void> {
  await page.fill("#phone", "0903 111 222");
  await page.fill("#where", `${town.centre.lat}, ${town.centre.lon}`);
  await page.locator(".intake label.field.wide input").last().fill("Đau ngực");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".triage .question");
}

/** The caller's words, as the common card asks them: awake, and fighting for breath. */
async function threatened(): Promise<void> {
  for (let question = 0; question < 6 && !(await page.locator(".send-now").count()); question += 1) {
    const asked = page.locator(".triage .question").nth(question);
    await asked.locator(".answer").last().click();
    await expect.poll(() => asked.locator(".answer.on").count()).toBe(1);
    await page.waitForTimeout(300);
  }
}

/** Whether one would press it where it stands: in the window, below nothing. */
function inSight(what: Locator): Promise<boolean> {
  return what.evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && one.contains(hit);
  });
}

const scrolled = () => page.evaluate(() => [document.scrollingElement!.scrollTop, document.querySelector(".desk")!.scrollTop,
  document.querySelector(".intake")!.scrollTop, document.documentElement.scrollHeight - innerHeight]);

test("walking through the form of a call by key never moves the desk out of the window", async () => {
  await assessing();
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press("Tab");
    expect(await scrolled(), `after ${stop + 1} steps`).toEqual([0, 0, 0, 0]);
  }
});

test.each([[1366, 768], [1366, 641], [1920, 1080], [390, 844]])("a threat to life is told where one reads, with the button beside it, at %i by %i", async (width, height) => {
  await page.setViewportSize({ width, height });
  await assessing();
  await threatened();
  for (const to of ["start", "end"] as const) {
    await page.locator(to === "start" ? ".triage .question" : ".intake .finish").last().evaluate((one, block) => one.scrollIntoView({ block }), to);
    expect([await inSight(page.locator(".send-now")), await inSight(page.locator(".send-first button"))], to).toEqual([true, true]);
  }
});

describe.each([[1366, 768], [1366, 641]])("at %i by %i", (width, height) => {
  beforeEach(() => page.setViewportSize({ width, height }));

  test.each(["a call is taken", "a call is assessed", "a call threatens a life"])("four of P1 that wait are in sight while %s, also beneath an alarm", async (doing) => {
    for (const complaint of ["Khó thở", "Ngưng tim", "Chảy máu", "Đuối nước"]) await town.incident(complaint);
    await callForHelp();
    await page.waitForSelector(".alarms.red");
    if (doing !== "a call is taken") await assessing();
    if (doing === "a call threatens a life") await threatened();
    await expect.poll(() => page.locator(".urgent-lines .line").count()).toBe(4);
    for (const place of [0, 1, 2, 3]) expect(await inSight(page.locator(".urgent-lines .line").nth(place)), `line ${place + 1}`).toBe(true);
  });
});

test("of more that wait urgently than there is room for, the number out of sight is told and one press looks on", async () => {
  for (let number = 0; number < 12; number += 1) await town.incident("Ngưng tim");
  await assessing();
  await expect.poll(() => page.locator(".urgent-lines .line").count()).toBe(12);
  const more = page.locator(".urgent .more");
  const seen = async () => (await Promise.all([...Array(12).keys()].map((place) => inSight(page.locator(".urgent-lines .line").nth(place))))).filter(Boolean).length;
  expect(Number(/\+(\d+)/.exec((await more.textContent())!)![1])).toBe(12 - (await seen()));
  expect(await inSight(page.locator(".urgent-lines .line").first())).toBe(true);
  for (let press = 0; press < 6 && !(await inSight(page.locator(".urgent-lines .line").last())); press += 1) await more.click();
  expect(await inSight(page.locator(".urgent-lines .line").last())).toBe(true);
});

test("on a phone, and twice as large, each line of a long queue comes into sight when it is turned to", async () => {
  for (let number = 0; number < 12; number += 1) await town.incident("Ngưng tim");
  await town.incident("Đau răng", "P4");
  const lines = page.locator(".queue .line");
  await expect.poll(() => lines.count()).toBe(13);
  for (const [width, height] of [[390, 844], [683, 384]] as const) {
    await page.setViewportSize({ width, height });
    for (const place of [0, 8, 11, 12]) {
      await lines.nth(place).focus();
      expect(await inSight(lines.nth(place)), `line ${place + 1} at ${width}`).toBe(true);
    }
  }
});

test("the strip of hospitals says how many more there are, and shows them at a press", async () => {
  const cards = page.locator(".hospital-card"), more = page.locator(".hospitals .more");
  const seen = async () => (await Promise.all([...Array(await cards.count()).keys()].map((place) => inSight(cards.nth(place))))).filter(Boolean).length;
  await expect.poll(() => more.textContent()).toMatch(new RegExp(`\\+${(await cards.count()) - (await seen())}`));
  await more.click();
  await expect.poll(() => inSight(cards.last())).toBe(true);
});

test("an alarm that comes and goes moves nothing of the desk", async () => {
  const places = () => page.evaluate(() => [...document.querySelectorAll(".work, .intake, .queue, .incident, .units, .hospitals, .command")]
    .map((one) => Math.round(one.getBoundingClientRect().top)));
  const before = await places();
  await callForHelp();
  await page.waitForSelector(".alarms .crew-alarm");
  expect(await places()).toEqual(before);
  await endAlarms();
  await page.locator(".alarms .crew-alarm").waitFor({ state: "detached" });
  expect(await places()).toEqual(before);
});

test("after an incident is opened the keyboard goes on in its advice, and after a call is left in the next one", async () => {
  await assessing();
  await page.locator(".segment.P2").click();
  await page.locator(".intake .finish button.primary").click();
  await page.waitForSelector(".recommendation .choice-row");
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain("recommendation");
  // It stands there and holds nothing fast: the advice is asked anew as before.
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector(".recommendation")!.contains(document.activeElement))).toBe(true);
  await assessing();
  await page.locator(".intake .row-of-buttons button.quiet").first().click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("phone");
});

test("a closed incident has no advice and no button to send", async () => {
  const { id, number } = await town.incident("Khó thở");
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector("button.send");
  await town.ask("POST", `/incidents/${id}/close`, { reason: "test over" });
  await page.locator("button.send").waitFor({ state: "detached" });
  expect(await page.locator(".recommendation").textContent()).toContain("đã đóng");
});

test("a long word without a break stays within the panels", async () => {
  const { number } = await town.incident("Đ".repeat(180));
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".incident .timeline .entry");
  const wider = await page.evaluate(() => [...document.querySelectorAll(".incident, .incident *, .queue, .intake")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).textOverflow !== "ellipsis" && one.clientWidth > 1).map((one) => one.className));
  expect(wider).toEqual([]);
});

test("the arrow down brings a shut list of places back", async () => {
  await page.fill("#address", "Đường số 1");
  await page.waitForSelector(".places");
  await page.focus("#address");
  await page.keyboard.press("Escape");
  await page.locator(".places").waitFor({ state: "detached" });
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector(".places");
});

test("the field that was wrong is marked and says why", async () => {
  await page.fill("#phone", "abc");
  await page.locator(".intake label.field.wide input").last().fill("Đau ngực");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#phone[aria-invalid=true]");
  const said = await page.getAttribute("#phone", "aria-describedby");
  expect(await page.locator(`#${said}`).textContent()).toContain("abc");
  await page.fill("#phone", "0903 111 222");
  await page.waitForSelector("#phone[aria-invalid=false]");
});

test("on a phone the queue stands before the incident, as the work goes", async () => {
  await town.incident("Khó thở");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForSelector(".queue .line");
  const order = await page.evaluate(() => [".intake", ".queue", ".recommendation", ".incident"].map((one) => document.querySelector(one)!.getBoundingClientRect().top));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test("the legend hides no mark, and the map has more room while a street is drawn, and only then", async () => {
  await page.context().close();
  page = await openPage(url, "dispatcher", { path: "/", language: "vi" });
  await page.waitForSelector(".map .maplibregl-canvas");
  const [legend, box] = [(await page.locator(".legend").boundingBox())!, (await page.locator(".map-box").boundingBox())!];
  expect(legend.y + legend.height).toBeLessThanOrEqual(box.y);
  const tall = async () => Math.round((await page.locator(".map-box").boundingBox())!.height);
  const before = await tall();
  await page.click(".roads-head");
  expect(await tall()).toBe(before);
  await page.locator(".roads-body .danger-outline").first().click();
  await page.waitForSelector(".draw-bar");
  expect(await tall()).toBeGreaterThan(before);
  const { x, y, width, height } = (await page.locator(".map-box").boundingBox())!;
  await page.mouse.click(x + width * 0.6, y + height / 2);
  await page.locator(".close-street .with-button button").last().click();
  await expect.poll(tall).toBe(before);
});

test("a board that finds nothing is a list of nothing to no reader", async () => {
  await page.locator(".units .filter").fill("no such unit");
  await page.waitForSelector(".units .scroll .nothing");
  expect(await breaches(page)).toEqual([]);
});

async function callForHelp(): Promise<void> {
  const units = (await town.ask("GET", "/units")) as { callsign: string; duty: string }[];
  await town.ask("POST", `/units/${units.find((unit) => unit.duty === "on_duty")!.callsign}/sos`, { id: randomUUID() });
}

async function endAlarms(): Promise<void> {
  for (const { id, status } of (await town.ask("GET", "/crew-alarms")) as { id: string; status: string }[]) {
    if (status === "sounding") await town.ask("POST", `/crew-alarms/${id}/acknowledge`);
    if (status !== "closed") await town.ask("POST", `/crew-alarms/${id}/close`, { outcome: "false_alarm" });
  }
}
