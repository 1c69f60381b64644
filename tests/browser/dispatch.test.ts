/** A night at the desk: calls, advice, orders, refusals. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

async function desk(user = "dispatcher", path?: string): Promise<Page> {
  const page = await openPage(url, user, path ? { path } : {});
  pages.push(page);
  return page;
}

beforeAll(async () => {
  await openBrowser();
  town = await Town.open(url);
});
beforeEach(async () => {
  await town.crewUp(6);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await town.quiet();
  expectNoFaults();
});
afterAll(closeBrowser);

test("a call is taken, a unit sent, the run worked to its end and the incident closed without a mouse", async () => {
  const page = await desk();
  await page.evaluate(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
      addEventListener(kind, () => { document.body.dataset.pointed = kind; }, true);
    }
  });
  const press = async (selector: string, key = "Enter") => {
    await page.locator(selector).first().focus();
    await page.keyboard.press(key);
  };
  await page.keyboard.press("F2");
  await page.keyboard.type("0903 555 123");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Chị Lan");
  await page.keyboard.press("Tab");
  await page.keyboard.type("12 Nguyễn Trãi");
  await page.keyboard.press("Tab");
  await page.keyboard.type(`${town.centre.lat}, ${town.centre.lon}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Đau ngực dữ dội");
  await page.keyboard.press("Enter");

  await page.waitForSelector(".triage .question");
  await press(".triage .question:nth-of-type(1) input", "Space");
  await page.waitForSelector(".determinant");
  await press(".choice .segment.P1 input", "Space");
  await page.locator(".finish button.primary").press("Enter");

  await page.waitForSelector(".line.selected .badge.P1");
  await page.waitForSelector(".choice-row .callsign");
  const callsign = await page.locator(".choice-row.on .callsign").textContent();
  await page.locator("button.send").press("Enter");
  await page.waitForSelector(`.run[aria-label="${callsign}"]`);

  for (const step of ["Accepted", "En route", "On scene", "Patient contact", "Transport", "At hospital", "Handed over", "Clear"]) {
    const button = page.locator(".run button.step.next", { hasText: step });
    await button.waitFor();
    await button.press("Enter");
    await page.waitForSelector(`.run .step.done:has-text("${step}")`);
  }
  await page.locator("button", { hasText: "Close…" }).press("Enter");
  await page.locator('.actions input[placeholder="Reason"]').fill("handed over");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".line.selected", { state: "detached" });
  await expect.poll(() => page.locator(".entry").count()).toBeGreaterThan(10);
  expect(await page.evaluate(() => document.body.dataset.pointed)).toBeUndefined();
});

test("two desks want one unit: the second is told who has it and what to do next", async () => {
  const [first, second] = [await town.incident("first in need"), await town.incident("second in need")];
  const [mine, theirs] = [await desk(), await desk("supervisor")];
  for (const [page, { number }] of [[mine, first], [theirs, second]] as const) {
    await page.locator(".queue .line", { hasText: `#${number}` }).click();
    await page.waitForSelector(".choice-row .callsign");
    await page.locator(".recommendation .panel-head").hover(); // read: it will not change under the hand
  }
  const wanted = await mine.locator(".choice-row.on .callsign").textContent();
  expect(await theirs.locator(".choice-row.on .callsign").first().textContent()).toBe(wanted);
  await mine.click("button.send");
  await mine.waitForSelector(`.run[aria-label="${wanted}"]`);
  await theirs.click("button.send");
  const refusal = theirs.locator(".order [role=alert].notice");
  await refusal.waitFor();
  const words = (await refusal.textContent()) ?? "";
  expect(words).toContain(wanted!);
  expect(words).toContain(String(first.number));
  const next = theirs.locator(".order .words");
  await expect.poll(() => next.textContent()).not.toContain(wanted!);
  expect(await next.textContent()).toMatch(/^Next choice: [CT]\d+/);
  const runs = (await town.ask("GET", "/runs")) as { callsign: string; incident_id: string }[];
  const sent = runs.filter((run) => [first.id, second.id].includes(run.incident_id));
  expect(sent.map((run) => [run.callsign, run.incident_id])).toEqual([[wanted, first.id]]);
});

test("a unit that is not the first choice needs a reason, and the record keeps it", async () => {
  const { number } = await town.incident("override");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.locator("fieldset:first-of-type > .choice-row").last().click(); // seconds behind: the second may be as good as the first
  const callsign = await page.locator(".choice-row.on .callsign").first().textContent();
  await page.click("button.send");
  expect(await page.locator(`.run[aria-label="${callsign}"]`).count()).toBe(0); // the empty reason holds it back
  await page.fill(".order input:not([type=radio])", "the crew knows the house");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.run[aria-label="${callsign}"]`);
  await page.waitForSelector('.timeline .entry:has-text("the crew knows the house")');
});

test("the advice on the screen is the server's: same order, parts that add up, reasons for the others", async () => {
  const { id, number } = await town.incident("advice");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  const told = await town.ask("GET", `/incidents/${id}/recommendation`);
  const shown = await page.locator("fieldset:first-of-type > .choice-row .callsign").allTextContents();
  expect(shown).toEqual(told.units.slice(0, 5).map((unit: { callsign: string }) => unit.callsign));
  for (const unit of told.units) {
    const sum = Object.values(unit.parts as Record<string, number>).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(unit.score, 0);
  }
  const first = page.locator("fieldset:first-of-type > .choice-row").first();
  const clockFace = (await first.locator(".eta > [aria-hidden]").textContent())!.split(":").map(Number) as [number, number];
  const words = (await first.locator(".words > span:not(:has-text('·'))").allTextContents()).join(" ");
  const seconds = [...words.matchAll(/([+−]?)(\d+)/g)].map(([, sign, digits]) => (sign === "−" ? -1 : 1) * Number(digits));
  expect(seconds.length).toBeGreaterThan(1);
  expect(clockFace[0] * 60 + clockFace[1]).toBe(seconds.reduce((a, b) => a + b, 0));
  expect(await first.locator(".eta").getAttribute("title")).toMatch(/^arrives in \d+:\d\d/);
  expect(await page.locator(".rejected dt").count()).toBe(told.rejected.length + told.hospitals_rejected.length);
});

test("nothing looks sent before the record says so", async () => {
  const { number } = await town.incident("no false hope");
  const page = await openPage(url, "dispatcher", { signIn: "none" });
  pages.push(page);
  let release: (() => void) | null = null;
  let held: (string | Buffer)[] | null = null;
  await page.routeWebSocket("**/api/v1/live*", (client) => {
    const server = client.connectToServer();
    server.onMessage((message) => {
      const heartbeat = String(message).startsWith('{"type":"heartbeat"');
      if (held && !heartbeat) held.push(message);
      else if (!held) client.send(message);
      else client.send(JSON.stringify({ ...JSON.parse(String(message)), seq: 0 })); // the line lives, the news waits
    });
    release = () => {
      held?.forEach((message) => client.send(message));
      held = null;
    };
  });
  await page.reload();
  await page.fill("[name=username]", "dispatcher");
  await page.fill("[name=password]", "demo");
  await page.keyboard.press("Enter");
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  held = [];
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/runs") && answer.request().method() === "POST");
  await page.click("button.send");
  expect((await answered).status()).toBe(201);
  await page.waitForTimeout(300);
  expect(await page.locator("button.send").textContent()).toBe("sending…");
  expect(await page.locator(".run").count()).toBe(0);
  release!();
  await page.waitForSelector(".run");
  await page.waitForSelector("button.send:not(:disabled)");
});

test("the very next key after F2 is the phone number's, whatever the form showed before", async () => {
  const page = await desk();
  const next = () => page.evaluate(() => {
    dispatchEvent(new KeyboardEvent("keydown", { key: "F2" }));
    return document.activeElement?.id; // asked in the same breath: no pause that a quick typist would lose letters in
  });
  expect(await next()).toBe("phone");
  await page.keyboard.type("0903 555 116");
  for (const words of ["Anh Tư", "5 Lê Lợi", "", "", "Ngã xe"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(words);
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector(".triage .question");
  expect(await next()).toBe("phone");
});

test("what is wrong with a call is said next to the form and the text stays", async () => {
  const page = await desk();
  await page.fill("#phone", "0903 555 123");
  await page.fill("#where", "48.1, 11.5");
  await page.locator(".intake label", { hasText: "Reason for the call" }).locator("input").fill("somewhere far away");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".intake [role=alert].notice");
  expect(await page.locator(".intake [role=alert].notice").textContent()).toMatch(/outside the map/);
  expect(await page.inputValue("#phone")).toBe("0903 555 123");
  await page.fill("#where", "not a place");
  expect(await page.locator("#where-wrong").textContent()).toMatch(/latitude, longitude/);
});

test("what a call and an incident lack is said in red, and the words go when it is there", async () => {
  const page = await desk();
  const { lat, lon } = town.centre;
  expect(await page.getAttribute("#where", "placeholder")).toBe(`${town.city.centre.lat}, ${town.city.centre.lon}`);
  const refusal = page.locator(".intake [role=alert].notice");
  await page.locator(".intake button.primary").click();
  await expect.poll(() => refusal.textContent()).toMatch(/needs a phone number/);
  await page.fill("#phone", "0903 555 124");
  await page.locator(".intake label", { hasText: "Reason for the call" }).locator("input").fill("no address yet");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".finish");
  await page.locator(".finish button.primary").click();
  await expect.poll(() => refusal.textContent()).toMatch(/needs a position/);
  await page.fill("#where", `${lat}, ${lon}`);
  await refusal.waitFor({ state: "detached" });
  await page.click('button:has-text("Close call…")');
  await page.click('button:has-text("Nuisance")');
  await page.waitForSelector(".finish", { state: "detached" }); // it is closed before the tests tidy up
});

test("a click on the map sets the position, and nothing but a hand moves the map", async () => {
  const page = await desk("dispatcher", "/");
  await page.waitForSelector(".map .maplibregl-canvas");
  await page.click("button.pick");
  await page.waitForSelector(".map-box.picking");
  const box = (await page.locator(".map-box").boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => page.inputValue("#where")).toMatch(/^10\.\d{5}, 107\.\d{5}$/);
  const where = await page.inputValue("#where");
  const [lat, lon] = where.split(", ").map(Number) as [number, number];
  const [west, south, east, north] = town.city.map.bounds;
  expect(lat > south && lat < north && lon > west && lon < east).toBe(true);
  expect(await page.locator(".attribution").textContent()).toContain("© OpenStreetMap contributors");
});

test("whom the keyboard is about to send stays whom it reads, however the fleet changes", async () => {
  const [first, second] = await town.crewUp(2);
  const { number } = await town.incident("about to be sent by Enter");
  const page = await desk();
  await page.click(`.queue .line:has-text("#${number}")`);
  await page.waitForSelector("button.send:not([disabled])");
  await page.mouse.move(5, 5);
  await page.locator("button.send").focus();
  for (const key of ["Shift+Tab", "Tab"]) await page.keyboard.press(key); // as somebody comes there by the keyboard
  const read = (await page.locator("button.send").textContent())!;
  const gone = read.includes(first!) ? first! : second!;
  expect(read).toContain(gone);
  await town.ask("POST", `/units/${gone}/duty`, { status: "out_of_service" });
  await page.waitForSelector(".recommendation .newer");
  expect(await page.locator("button.send").textContent()).toBe(read);
  await town.ask("POST", `/units/${gone}/duty`, { status: "on_duty" });
});
