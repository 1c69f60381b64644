/** The map: drawn from our own origin, moved by nobody but the hand, drawn on by hand, told in words. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { picture, settled } from "./settled";
import { Town, type Place } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

type Options = Parameters<typeof openPage>[2];

/** A desk with the map drawn, its labels too. */
async function open(options: Options = {}, user = "dispatcher"): Promise<Page> {
  const page = await openPage(url, user, { path: "/", width: 1366, height: 768, ...options });
  pages.push(page);
  await page.waitForSelector(".map .maplibregl-canvas");
  await settled(page);
  return page;
}

async function middle(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = (await page.locator(".map-box").boundingBox())!;
  return { ...box, x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
beforeEach(async () => {
  await town.ask("PUT", "/traffic", {});
  await town.crewUp(6);
});
afterEach(async () => {
  await town.ask("PUT", "/traffic", {});
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

test("no request leaves the origin, and streets are named in Vietnamese without a glyph server", async () => {
  const page = await openPage(url, "dispatcher");
  pages.push(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  // Every text the renderer draws goes through a canvas of its own: what it writes there is what stands on the map.
  await page.addInitScript(() => {
    const written: string[] = [];
    Object.assign(window, { written });
    const draw = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, text: string, ...rest) {
      if (this.canvas.className !== "overlay" && written.length < 5000) written.push(text);
      return draw.call(this, text, ...rest);
    };
    const drawOff = OffscreenCanvasRenderingContext2D.prototype.fillText;
    OffscreenCanvasRenderingContext2D.prototype.fillText = function (this: OffscreenCanvasRenderingContext2D, text: string, ...rest) {
      if (written.length < 5000) written.push(text);
      return drawOff.call(this, text, ...rest);
    };
  });
  await page.goto(`${url}/`);
  await page.waitForSelector(".map .maplibregl-canvas");
  for (let turn = 0; turn < 3; turn += 1) {
    await page.getByRole("button", { name: "Zoom in" }).click();
    await settled(page);
  }
  const letters = () => page.evaluate(() => [...new Set((window as unknown as { written: string[] }).written)].join(""));
  await expect.poll(letters, { timeout: 20_000 }).toMatch(/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/);
  const elsewhere = asked.filter((address) => !address.startsWith(url) && !/^(blob|data):/.test(address));
  expect(elsewhere).toEqual([]);
  expect(asked.filter((address) => address.includes(".pmtiles")).length).toBeGreaterThan(1);
  expect(asked.filter((address) => /glyph|font.*pbf|sprite/.test(address))).toEqual([]);
  expect(await page.locator(".attribution").textContent()).toContain("© OpenStreetMap contributors");
  expect(await page.locator(".maplibregl-ctrl-scale").textContent()).toMatch(/\d+\sk?m/);
});

test("panned by hand, the map stays where it is through twenty updates; asked, it shows all, and goes back", async () => {
  const { number } = await town.incident("the map must not follow");
  const [callsign] = await town.crewUp(1);
  const page = await open({ width: 1280, height: 720 });
  const at = await middle(page);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x - 120, at.y - 60, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(at.x, 5);
  const mine = await settled(page);
  const { lat, lon } = town.centre;
  for (let turn = 0; turn < 20; turn += 1) {
    await town.ask("POST", "/pings", [{ callsign, at: new Date().toISOString(), lat: lat + turn / 2000, lon: lon + turn / 1000 }]);
    if (turn % 5 === 0) await town.incident(`and not this one ${turn}`);
  }
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.mouse.move(at.x, 5);
  expect(await settled(page)).toBe(mine);

  await page.getByRole("button", { name: "Show all open incidents" }).click();
  await expect.poll(() => settled(page), { timeout: 30_000 }).not.toBe(mine);
  await page.getByRole("button", { name: "Back to where it was" }).click();
  await expect.poll(() => picture(page), { timeout: 30_000 }).toBe(mine);
});

test("an area drawn by hand closes its streets: the open ranking follows at once, and the list says it in words", async () => {
  const callsigns = await town.crewUp(6);
  const stations = town.city.stations as { position: Place }[];
  await town.ask("POST", "/pings", callsigns.map((callsign, index) => (
    { callsign, at: new Date().toISOString(), ...stations[index % stations.length]!.position })));
  const { number, id } = await town.incident("behind a flood that somebody draws");
  const page = await open({ width: 1600, height: 1000 });
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  const before = await page.locator(".choice-row .callsign").first().textContent();
  // A square around the first of the ranking, on the screen: the map opens on the whole of the drawn town.
  const { units } = await town.ask("GET", `/incidents/${id}/recommendation`);
  const first = ((await town.ask("GET", "/units")) as { callsign: string; position: Place }[]).find((one) => one.callsign === units[0].callsign)!;
  await page.getByRole("button", { name: `Move the map to ${first.callsign}`, exact: true }).click();
  await page.click(".roads-head");
  await page.click('.roads button:has-text("Close or slow a street")');
  await page.locator(".draw-bar .segment", { hasText: "An area" }).click();
  await settled(page);
  const at = await middle(page); // what is drawn on has the room by now, with the unit in its middle
  const half = 70;
  for (const [dx, dy] of [[-half, -half], [half, -half], [half, half], [-half, half]] as const) {
    await page.mouse.click(at.x + dx, at.y + dy + 20);
  }
  expect(await page.locator(".draw-bar").textContent()).toContain("4 places so far");
  await page.click('.draw-bar button:has-text("Take back the last")');
  await page.mouse.click(at.x - half, at.y + half + 20);
  await page.click('.draw-bar button:has-text("Drawn")');
  await page.click('.close-street button:has-text("flood")');
  expect(await page.inputValue(".close-street label.field input")).toBe("flood");
  const began = Date.now();
  await page.click(".close-street button.danger");
  await expect.poll(() => page.locator(".choice-row .callsign").first().textContent(), { interval: 20, timeout: 5000 }).not.toBe(before);
  console.log(`an area drawn by hand: ranked anew ${Date.now() - began} ms after the button`);
  const [closure] = (await town.ask("GET", "/traffic")).closures;
  expect([closure.stretch.kind, closure.stretch.points.length, closure.reason]).toEqual(["area", 4, "flood"]);
  expect(await page.locator(".hindrance").textContent()).toMatch(/Closed · flood.*an area of [\d.]+ (ha|km²)/);
  await page.getByRole("button", { name: "Lift: flood" }).click();
  await page.fill(".lifting input", "the water is gone");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".choice-row .callsign").first().textContent(), { timeout: 5000 }).toBe(before);
});

test("a line is drawn without a mouse, and slows its streets", async () => {
  const page = await open({ width: 1600, height: 1000 });
  await page.focus(".roads-head");
  await page.keyboard.press("Enter");
  await page.locator('.roads button:has-text("Close or slow a street")').press("Enter");
  await page.locator('.draw-bar input[type="radio"]').nth(1).press("Space");
  const centre = page.locator('.draw-bar button:has-text("map\'s middle")');
  await centre.press("Enter");
  await page.focus(".map .maplibregl-canvas");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  await centre.press("Enter");
  expect(await page.locator(".draw-bar").textContent()).toContain("2 places so far");
  await page.locator('.draw-bar button:has-text("Drawn")').press("Enter");
  await page.locator('.close-street input[name="kind"]').nth(0).press("ArrowRight");
  await page.locator('.close-street input[name="share"]').nth(1).press("Space");
  await page.locator('.close-street input[name="reach"]').nth(2).press("Space");
  await page.fill(".close-street label.field input", "market day");
  expect(await breaches(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.waitForSelector('.hindrance:has-text("market day")');
  const [slowing] = (await town.ask("GET", "/traffic")).slowings;
  expect([slowing.stretch.kind, slowing.stretch.points.length, slowing.share, slowing.stretch.width_m]).toEqual(["line", 2, 0.25, 60]);
  expect(await page.locator(".hindrance").textContent()).toMatch(/Slowed · market day.*long.*25 % of usual speed/);
});

test("a refused stretch says why and keeps what was drawn and written", async () => {
  const page = await open();
  await page.click(".roads-head");
  await page.click('.roads button:has-text("Close or slow a street")');
  await page.locator(".draw-bar .segment", { hasText: "An area" }).click();
  const at = await middle(page);
  for (const [dx, dy] of [[-60, 0], [60, 60], [60, 0], [-60, 60]] as const) await page.mouse.click(at.x + dx, at.y + dy);
  await page.click('.draw-bar button:has-text("Drawn")');
  await page.fill(".close-street label.field input", "crossed");
  await page.click(".close-street button.danger");
  await expect.poll(() => page.locator(".close-street [role=alert].notice").textContent()).toContain("crosses itself");
  expect(await page.inputValue(".close-street label.field input")).toBe("crossed");
  await page.click('.close-street button:has-text("Draw again")');
  expect(await page.locator(".draw-bar").textContent()).toContain("4 places so far");
});

test("layers are switched on with a word on what they say, and are kept", async () => {
  const page = await open({ language: "vi" });
  await page.getByRole("button", { name: "Các lớp trên bản đồ" }).click();
  await page.locator(".layers label", { hasText: "Độ phủ theo ô" }).click();
  await expect.poll(() => page.locator(".layers").textContent(), { timeout: 20_000 }).toMatch(/xe rảnh đến được \d+,\d % nhu cầu.*ô chưa có xe/);
  const points = (await town.ask("GET", "/city/points")).points as { kind: string }[];
  const cameras = points.filter((point) => point.kind === "camera").length;
  expect(cameras).toBeGreaterThan(5);
  await page.locator(".layers label", { hasText: "Camera" }).click();
  expect(await page.locator(".layers label", { hasText: "Camera" }).textContent()).toContain(`${cameras} điểm`);
  expect(await breaches(page)).toEqual([]);
  await page.reload();
  await page.waitForSelector(".map .maplibregl-canvas");
  await page.getByRole("button", { name: "Các lớp trên bản đồ" }).click();
  const checked = await page.locator(".layers input:checked + span b").allTextContents();
  expect(checked.sort()).toEqual(["Camera", "Trạm cấp cứu", "Đường đi của các xe", "Độ phủ theo ô"].sort());
});

test("all that is seen on the map stands in a list and is chosen there without it", async () => {
  const { number } = await town.incident("chosen from the list");
  const page = await open();
  await page.getByRole("button", { name: "Seen on the map" }).click();
  const list = page.locator(".map-list");
  await expect.poll(() => list.textContent()).toContain(`#${number}`);
  expect(await list.locator("h3").allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/^Units/), expect.stringMatching(/^Hospitals/)]));
  expect(await breaches(page)).toEqual([]);
  await list.locator("button.link", { hasText: `#${number}` }).press("Enter");
  await expect.poll(() => page.locator(".incident").textContent()).toContain(`#${number}`);
  await expect.poll(() => list.textContent()).toContain(`Cameras nearest to incident #${number}`);
});

test("day and night, Vietnamese and English are changed in place", async () => {
  const page = await open({ language: "vi" });
  const night = await picture(page);
  await page.evaluate(() => { document.body.className = "light"; });
  await expect.poll(() => settled(page), { timeout: 30_000 }).not.toBe(night);
  expect(await breaches(page)).toEqual([]);
  await page.click('button:has-text("English")');
  expect(await page.getByRole("button", { name: "Zoom in" }).count()).toBe(1);
  expect(await page.locator(".map .maplibregl-canvas").getAttribute("aria-label")).toContain("arrow keys");
});

test("a unit under way is shown with its road behind and ahead", async () => {
  const [callsign] = await town.crewUp(1);
  const { id, number } = await town.incident("followed along its road");
  const [unit] = ((await town.ask("GET", "/units")) as { callsign: string; unit_id: string }[]).filter((one) => one.callsign === callsign);
  const run_id = crypto.randomUUID();
  await town.ask("POST", `/incidents/${id}/runs`, { run_id, unit_id: unit!.unit_id, override_code: "other", override_reason: "a test of its road" });
  const page = await openPage(url, "dispatcher", { path: "/?nomap=1" });
  pages.push(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${url}/`);
  await page.waitForSelector(".map .maplibregl-canvas");
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await expect.poll(() => asked.filter((path) => path.endsWith("/route")).length, { timeout: 10_000 }).toBe(1);
  await expect.poll(() => asked.filter((path) => path.endsWith(`/units/${callsign}/track`)).length, { timeout: 10_000 }).toBe(1);
  await page.waitForTimeout(3000);
  expect(asked.filter((path) => path.endsWith("/route")).length).toBe(1); // once a run, not at every ping
});

test("without WebGL a sentence stands where the map would be, and the boards go on", async () => {
  const { number } = await town.incident("no map is needed for it");
  const page = await openPage(url, "dispatcher");
  pages.push(page);
  await page.addInitScript(() => {
    const context = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith("webgl") ? null : (context as (...all: unknown[]) => unknown).call(this, kind, ...rest);
    } as typeof context;
  });
  await page.goto(`${url}/`);
  await page.waitForSelector(".lamp.live");
  await expect.poll(() => page.locator(".map-box").textContent()).toContain("This machine cannot draw the map");
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
});
