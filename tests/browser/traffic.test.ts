/** Streets close and open again: the desk sees it, ranks anew, and may lift it. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town, type Place } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

async function desk(user = "dispatcher", options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
  const page = await openPage(url, user, options);
  pages.push(page);
  return page;
}

/** The desk with the incident open and its ranking on the screen. */
async function reading(number: number, options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
  const page = await desk("dispatcher", options);
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.mouse.move(2, 2);
  return page;
}

const UNITS = "fieldset:first-of-type > .choice-row";

/** Callsigns and times as they stand on the screen, all of one moment. */
function ranking(page: Page): Promise<string[]> {
  return page.evaluate((rows) => [...document.querySelectorAll(rows)].map((row) =>
    `${row.querySelector(".callsign")!.textContent} ${row.querySelector(".eta > [aria-hidden]")!.textContent}`), UNITS);
}

/** What the server says of the same, with its version. */
async function told(id: string): Promise<{ first: string; traffic_version: string }> {
  const { units, traffic_version } = await town.ask("GET", `/incidents/${id}/recommendation`);
  return { first: units[0].callsign as string, traffic_version: traffic_version as string };
}

/** A square around a place, half a side in degrees. */
function around({ lat, lon }: Place, half: number): [number, number][] {
  return [[lat - half, lon - half], [lat - half, lon + half], [lat + half, lon + half], [lat + half, lon - half]];
}

type Said = { closures: string[]; slowings: string[]; traffic_version: string };

/** Floods the streets around the unit that stands first, or only slows them to a share of the usual speed. */
async function hinderTheFirst(id: string, share?: number): Promise<Said> {
  const { first } = await told(id);
  const unit = ((await town.ask("GET", "/units")) as { callsign: string; position: Place }[]).find((one) => one.callsign === first)!;
  const stretch = { kind: "area", points: around(unit.position, 0.0012) };
  return town.ask("PUT", "/traffic", share === undefined
    ? { closures: [{ stretch, reason: "ngập sâu 60 cm" }] } : { speeds: [{ stretch, share, reason: "kẹt xe" }] });
}

/** Cuts a unit off: every street is closed that leads out of a square around it. */
async function cutOff(callsign: string): Promise<void> {
  const unit = ((await town.ask("GET", "/units")) as { callsign: string; position: Place }[]).find((one) => one.callsign === callsign)!;
  const { lat, lon } = unit.position;
  const [near, far] = [0.003, 0.0034];
  const strip = (south: number, west: number, north: number, east: number) => ({
    stretch: { kind: "area", points: [[lat + south, lon + west], [lat + south, lon + east], [lat + north, lon + east], [lat + north, lon + west]] },
    reason: "ngập sâu 60 cm",
  });
  await town.ask("PUT", "/traffic", { closures: [
    strip(near, -far, far, far), strip(-far, -far, -near, far), strip(-far, near, far, far), strip(-far, -far, far, -near),
  ] });
}

/** Six vans, each at a station of its own. */
async function crewsApart(): Promise<void> {
  const callsigns = await town.crewUp(6);
  const stations = town.city.stations as { position: Place }[];
  await town.ask("POST", "/pings", callsigns.map((callsign, index) => (
    { callsign, at: new Date().toISOString(), ...stations[index % stations.length]!.position })));
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
beforeEach(async () => {
  await town.ask("PUT", "/traffic", {});
  await crewsApart();
});
afterEach(async () => {
  await town.ask("PUT", "/traffic", {});
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

test("the open recommendation is ranked anew within a second of a closure, and as before when it is lifted", async () => {
  const { id, number } = await town.incident("behind the flood");
  const page = await reading(number);
  const before = await ranking(page);
  const began = Date.now();
  const closed = await hinderTheFirst(id);
  const answered = Date.now();
  await expect.poll(() => ranking(page), { interval: 20, timeout: 5000 }).not.toEqual(before);
  const seen = Date.now();
  expect(await page.locator(".recommendation .renewed").textContent()).toContain("ranking renewed");
  const server = await told(id);
  expect(server.traffic_version).toBe(closed.traffic_version);
  expect(await page.locator(`${UNITS} .callsign`).first().textContent()).toBe(server.first);
  const lifted = Date.now();
  await town.ask("DELETE", `/traffic/closures/${closed.closures[0]}?reason=over`);
  await expect.poll(() => ranking(page), { interval: 20, timeout: 5000 }).toEqual(before);
  // The better of both: this machine may be busy with other things.
  expect(Math.min(seen - began, Date.now() - lifted)).toBeLessThan(1000);
  console.log(`PUT answered after ${answered - began} ms, new ranking on the screen after ${seen - began} ms`);
});

test("a choice that was made stays what it is when the ranking is renewed", async () => {
  const { id, number } = await town.incident("a choice was made");
  const page = await reading(number);
  const first = page.locator(UNITS).first();
  await first.click();
  const mine = await first.locator(".callsign").textContent();
  await page.mouse.move(2, 2);
  await hinderTheFirst(id, 0.01);
  await page.waitForSelector(".recommendation .renewed");
  expect(await page.locator(`${UNITS} .callsign`).first().textContent()).not.toBe(mine);
  expect(await page.locator(`${UNITS}.on .callsign`).textContent()).toBe(mine);
  expect(await page.locator("button.send").textContent()).toContain(mine!);
});

test("a hand that is about to send does not find another unit under it", async () => {
  const { id, number } = await town.incident("a hand above the button");
  const page = await reading(number);
  const offered = await page.locator(`${UNITS}.on .callsign`).textContent();
  await page.locator("button.send").hover();
  await hinderTheFirst(id, 0.01);
  await page.waitForSelector(".recommendation .renewed");
  expect(await page.locator(`${UNITS} .callsign`).first().textContent()).not.toBe(offered);
  expect(await page.locator("button.send").textContent()).toContain(offered!);
});

test("a chosen unit that cannot get out any more is said, and no other is put in its place", async () => {
  const { number } = await town.incident("the station is flooded");
  const page = await reading(number);
  const far = page.locator(UNITS).last(); // a square around one near by would hold the scene too
  await far.click();
  const mine = await far.locator(".callsign").textContent();
  await cutOff(mine!);
  await expect.poll(() => page.locator(".recommendation .notice").first().textContent()).toContain(`${mine} can no longer`);
  expect(await page.locator("button.send").isDisabled()).toBe(true);
  await page.locator(UNITS).first().click();
  expect(await page.locator("button.send").isDisabled()).toBe(false);
});

test("closed streets are listed with who, why and until when, and lifted from the list", async () => {
  const page = await desk("dispatcher", { path: "/", width: 1920, height: 1080 });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const { lat, lon } = town.centre;
  await town.ask("POST", "/traffic/closures", {
    stretch: { points: [[lat, lon]], width_m: 150 }, reason: "cây đổ trước chợ", until,
  });
  const head = page.locator(".roads-head");
  await expect.poll(() => head.textContent()).toContain("1 closed · 0 slowed");
  await head.click();
  const line = page.locator(".hindrance");
  expect(await line.textContent()).toMatch(/Closed · cây đổ trước chợ.*since \d\d:\d\d · supervisor · until \d\d:\d\d/);
  expect(await breaches(page)).toEqual([]);
  await page.getByRole("button", { name: "Lift: cây đổ trước chợ" }).click();
  await page.locator(".lifting button.primary").click();
  expect(await line.locator("[role=alert].notice").textContent()).toContain("Write down the reason");
  await page.keyboard.press("Tab");
  await page.fill(".lifting input", "sawn up");
  await page.keyboard.press("Enter");
  await line.waitFor({ state: "detached" });
  expect(await head.textContent()).toContain("0 closed");
  expect((await town.ask("GET", "/traffic")).closures).toEqual([]);
});

test("a street is closed with a click on the map, a reason and an end", async () => {
  const page = await desk("dispatcher", { path: "/" });
  await page.waitForSelector(".map .maplibregl-canvas");
  await page.click(".roads-head");
  await page.click('.roads button:has-text("Close or slow a street")');
  await page.waitForSelector(".draw-bar");
  expect(await page.locator(".draw-bar").textContent()).toContain("where the street is closed");
  const box = (await page.locator(".map-box").boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2); // the middle of the town
  await page.waitForSelector(".close-street");
  expect(await page.inputValue("#where")).toBe(""); // the call being taken keeps its own position
  await page.click(".close-street button.danger");
  expect(await page.locator(".close-street [role=alert].notice").textContent()).toContain("reason");
  await page.fill(".close-street label.field input", "crash");
  await page.locator(".close-street .segment", { hasText: "150 m" }).click();
  await page.click(".close-street button.danger");
  await page.waitForSelector('.hindrance:has-text("crash")');
  const [closure] = (await town.ask("GET", "/traffic")).closures;
  expect([closure.reason, closure.by, closure.stretch.width_m]).toEqual(["crash", "dispatcher", 150]);
  expect(Date.parse(closure.until) - Date.now()).toBeGreaterThan(25 * 60_000);
});

test("what lies over the map leaves for who draws on it, and on Esc", async () => {
  const page = await desk("dispatcher", { path: "/", width: 1366, height: 768 });
  await page.locator(".map-buttons button").last().click();
  await page.waitForSelector(".map-list");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".map-list", { state: "detached" });
  await page.locator(".map-buttons button").last().click();
  await page.waitForSelector(".map-list");
  await page.click(".roads-head");
  await page.click('.roads button:has-text("Close or slow a street")');
  await page.waitForSelector(".map-list", { state: "detached" });
  await page.locator(".draw-bar .segment").last().click(); // the third tool is under the hand
  expect(await page.locator(".draw-bar .segment.on").last().textContent()).toMatch(/area/i);
});

test("on a phone the map is free while a place is picked, and the form has the list's room", async () => {
  const { lat, lon } = town.centre;
  for (const [index, reason] of ["flood", "crash", "tree"].entries()) {
    await town.ask("POST", "/traffic/closures", { stretch: { points: [[lat, lon + index / 5000]], width_m: 150 }, reason });
  }
  const page = await desk("dispatcher", { path: "/", width: 390, height: 844 });
  await page.waitForSelector(".map .maplibregl-canvas");
  await page.click(".roads-head");
  await expect.poll(() => page.locator(".hindrance").count()).toBe(3);
  await page.click('.roads button:has-text("Close or slow a street")');
  expect(await page.locator(".roads").isVisible()).toBe(false);
  await page.click('.draw-bar button:has-text("Cancel")');
  expect(await page.locator(".hindrance").first().isVisible()).toBe(true);
  await page.click('.roads button:has-text("Close or slow a street")');
  await page.locator(".map-box").scrollIntoViewIfNeeded();
  const box = (await page.locator(".map-box").boundingBox())!;
  await page.mouse.click(box.x + 120, box.y + box.height - 160); // where the list was
  await page.waitForSelector(".close-street");
  expect(await page.locator(".hindrance").first().isVisible()).toBe(false);
  const [room, button] = [(await page.locator(".roads").boundingBox())!, (await page.locator(".close-street button.danger").boundingBox())!];
  expect(button.y).toBeGreaterThan(room.y);
  expect(button.y + button.height).toBeLessThanOrEqual(room.y + room.height);
  await page.fill(".close-street label.field input", "fire");
  await page.locator(".close-street .segment", { hasText: "150 m" }).click();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/form-390.png` });
  await page.click(".close-street button.danger");
  await page.waitForSelector('.hindrance:has-text("fire")');
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/list-390.png` });
});

test("on a phone an incident that is chosen brings its advice up", async () => {
  const { number } = await town.incident("seen on a small screen");
  const page = await reading(number, { width: 390, height: 844 });
  const top = () => page.locator(".recommendation").evaluate((panel) => panel.getBoundingClientRect().top);
  await expect.poll(top).toBeLessThan(300);
  expect(await top()).toBeGreaterThanOrEqual(0);
});

test("who only reads sees what is closed and has nothing to lift it with", async () => {
  const { lat, lon } = town.centre;
  await town.ask("POST", "/traffic/closures", { stretch: { points: [[lat, lon]], width_m: 150 }, reason: "flood" });
  const page = await desk("planner", { path: "/" });
  await page.click(".roads-head");
  await page.waitForSelector('.hindrance:has-text("flood")');
  expect(await page.locator(".roads button", { hasText: /Lift|Close/ }).count()).toBe(0);
});

test.each(["/?nomap=1", "the map closed"])("without a map closed streets are read and lifted, and nothing of it is fetched: %s", async (how) => {
  const { lat, lon } = town.centre;
  await town.ask("POST", "/traffic/closures", { stretch: { points: [[lat, lon]], width_m: 150 }, reason: "tree down" });
  const page = await desk("dispatcher", { path: "/?nomap=1" });
  const fetched: string[] = [];
  if (how !== "/?nomap=1") {
    await page.evaluate(() => localStorage.setItem("vigil.looks.dispatcher", JSON.stringify({ theme: "dark", size: 1, map: false })));
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto(url);
  } else {
    page.on("request", (request) => fetched.push(request.url()));
    await page.reload();
  }
  await page.click(".roads-head");
  expect(await page.locator(".hindrance").textContent()).toContain("tree down");
  expect(await page.locator(".roads").evaluate((list) => {
    const said = [...document.querySelectorAll(".map .nothing, .areas .area-tools")];
    const [at, other] = [list, said[0]!].map((one) => one.getBoundingClientRect()) as [DOMRect, DOMRect];
    return at.top >= other.bottom; // it lies over no words
  })).toBe(true);
  await page.getByRole("button", { name: "Lift: tree down" }).click();
  await page.fill(".lifting input", "sawn up");
  await page.keyboard.press("Enter");
  await page.locator(".hindrance").waitFor({ state: "detached" });
  await page.waitForTimeout(2_500); // what a page puts off is fetched by now
  expect(fetched.filter((address) => /MapPanel|maplibre|basemap/.test(address))).toEqual([]);
});
