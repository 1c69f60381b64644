/** The command line: a night without a mouse, under a flood, with a Vietnamese keyboard, against other desks. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { breaches, closeBrowser, enter, expectNoFaults, openBrowser, openPage } from "./desk";
import { ourUrl } from "./ours";
import { Town } from "./town";

const url = ourUrl();
let town: Town;
const pages: Page[] = [];

async function desk(user = "dispatcher", options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
  const page = await openPage(url, user, options);
  pages.push(page);
  return page;
}

const echo = (page: Page) => page.locator("#command-echo");
const result = (page: Page) => page.locator(".command .result");

/** Types an order and sends it, once it reads as `reads`. */
async function order(page: Page, words: string, reads: RegExp): Promise<void> {
  await page.keyboard.press("Escape");
  await page.keyboard.type(words);
  await expect.poll(() => echo(page).textContent()).toMatch(reads);
  await page.keyboard.press("Enter");
}

const done = (page: Page, words: RegExp | string) => expect.poll(() => result(page).textContent()).toMatch(words);

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

test("a call is taken, triaged, dispatched, worked and closed with no pointer event in under 25 s of typing", async () => {
  const page = await desk();
  await page.evaluate(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "click"]) {
      // Enter in a form makes a click without a pointer: detail 0.
      addEventListener(kind, (event) => { if (kind !== "click" || (event as MouseEvent).detail > 0) document.body.dataset.pointed = kind; }, true);
    }
  });
  const began = Date.now();
  await page.keyboard.press("F2");
  for (const words of ["0903 555 123", "Chị Lan", "12 Nguyễn Trãi", `${town.centre.lat}, ${town.centre.lon}`, "", "Đau ngực dữ dội"]) {
    await page.keyboard.type(words);
    if (words !== "Đau ngực dữ dội") await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector(".triage .question");
  // The card's first question stands two stops after the list of cards; its answers are chosen with the space bar.
  await page.locator(".triage .question input").first().focus();
  await page.keyboard.press("Space");
  await page.waitForSelector(".determinant");
  await page.locator(".choice .segment.P1 input").focus();
  await page.keyboard.press("Space");
  await page.locator(".finish button.primary").press("Enter");
  await page.waitForSelector(".line.selected .badge.P1");

  await order(page, "D 1", /^↵ send [CT]\d+ \(rank 1, \d+:\d\d\) → #\d+ P1/);
  const run = page.locator(".run").first();
  await run.waitFor();
  const callsign = (await run.getAttribute("aria-label"))!;
  for (const status of ["DP", "EN", "SC", "PC", "TR", "HP", "HO", "AV"]) {
    await order(page, `${status} ${callsign}`, new RegExp(`^↵ ${callsign}: `));
    await done(page, new RegExp(`^✓ ${callsign}: .* seq \\d+`));
  }
  await order(page, "C đã bàn giao xong", /^↵ CLOSE #\d+ – đã bàn giao xong/);
  await page.waitForSelector(".line.selected", { state: "detached" });
  const took = Date.now() - began;
  expect(await page.evaluate(() => document.body.dataset.pointed)).toBeUndefined();
  expect(took).toBeLessThan(25_000);
  console.info(`a whole call by keyboard: ${(took / 1000).toFixed(1)} s`);
});

test("no keystroke is lost and the focus stays while events flood in", async () => {
  const { number } = await town.incident("the one that is written about");
  const page = await desk();
  await page.waitForSelector(`.queue .line:has-text("#${number}")`);
  await page.keyboard.press("Escape");
  const words = `NT #${number} người nhà chờ ở đầu hẻm, cổng màu xanh, gọi trước khi vào`;
  let flowing = true;
  let events = 0;
  const flood = (async () => {
    while (flowing) {
      const [call] = await Promise.all(Array.from({ length: 5 }, (_, place) => town.ask("POST", "/calls", {
        phone: `0900 111 ${100 + events + place}`, complaint: `flood ${events + place}`, position: town.centre })));
      events += 5;
      if (events % 20 === 0) await town.ask("POST", "/incidents", { call_id: call.id, position: town.centre, priority: "P3" });
    }
  })();
  await page.keyboard.type(words, { delay: 12 });
  flowing = false;
  await flood;
  expect(events).toBeGreaterThan(20);
  expect(await page.inputValue("#command")).toBe(words);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("command");
  await page.keyboard.press("Enter");
  await done(page, /✓ note/);
});

test("what is typed and sent in the first second is an order, though the line's reader comes only then", async () => {
  const { number } = await town.incident("typed early");
  const page = await desk("dispatcher", { signIn: "none" });
  await enter(page, "dispatcher");
  let came: () => void = () => undefined;
  await page.route(/\/Reader-[^/]*\.js$/, async (route) => {
    await new Promise<void>((done) => { came = done; });
    await route.continue();
  });
  await page.reload();
  await page.waitForSelector(`.queue .line:has-text("#${number}")`);
  const asked = page.waitForRequest(/\/Reader-[^/]*\.js$/);
  await page.keyboard.press("Escape");
  await page.keyboard.type(`NT #${number} chó dữ`);
  await page.keyboard.press("Enter");
  await asked;
  expect(await page.inputValue("#command")).toBe(`NT #${number} chó dữ`);
  came();
  await done(page, /✓ note/);
});

test("a line a Vietnamese keyboard has changed is corrected or refused, never misread", async () => {
  const { number } = await town.incident("IME");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.keyboard.press("Escape");
  const reads = async (words: string) => {
    // As Unikey does it: a letter goes in, is taken back with Backspace, and another is put in its place.
    await page.fill("#command", "");
    await page.focus("#command");
    for (const letter of words) {
      const base = letter.normalize("NFD")[0]!.replace("đ", "d");
      if (base === letter) await page.keyboard.insertText(letter);
      else {
        await page.keyboard.press(base);
        await page.keyboard.press("Backspace");
        await page.keyboard.insertText(letter);
      }
    }
    await page.waitForTimeout(50);
    return (await echo(page).textContent()) ?? "";
  };
  expect(await reads("G TD")).toMatch(/no rank, unit or hospital|move the map to TD/);
  expect(await reads("đ 1")).toMatch(/send .*rank 1/); // dd; d9 of VNI is no order in this city, else it would be that one
  expect(await reads("D Ả")).toMatch(/“Ả” is no rank/); // A3 drives in other cities
  const hospital = ((await town.ask("GET", "/hospitals")) as { code: string; beds: object }[]).find((row) => "OperatingRooms" in row.beds)!;
  expect(await reads(`H ${hospital.code} ỏ 1`)).toMatch(new RegExp(`^↵ ${hospital.code} OR: 1 empty`)); // OR under Telex

  // A composition that is still open is the input method's: its Enter sends nothing.
  const session = await page.context().newCDPSession(page);
  await page.fill("#command", "D 1");
  await page.focus("#command");
  await session.send("Input.imeSetComposition", { text: "ươ", selectionStart: 2, selectionEnd: 2 });
  await page.evaluate(() => document.getElementById("command")!.dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowUp", isComposing: true, bubbles: true, cancelable: true })));
  expect(await page.inputValue("#command")).toBe("D 1ươ");
  expect((await town.ask("GET", "/runs")).filter((run: { incident_number: number }) => run.incident_number === number)).toEqual([]);
});

test("another desk was faster: who, when, and the next best in the line, not sent", async () => {
  const { id, number } = await town.incident("second in need");
  const other = await town.incident("first in need");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row.on .callsign");
  await page.keyboard.press("Escape");
  await page.keyboard.type("D 1");
  await expect.poll(() => echo(page).textContent()).toMatch(/^↵ send/);
  const wanted = /send (\S+)/.exec((await echo(page).textContent())!)![1]!;
  // The news of it comes only after the Enter: the two cross on their way.
  await page.route("**/runs", async (route) => {
    await town.ask("POST", `/incidents/${other.id}/runs`, { run_id: crypto.randomUUID(), unit_id: wanted }).catch(() => undefined);
    await route.continue();
  }, { times: 1 });
  await page.keyboard.press("Enter");
  const trouble = page.locator(".command .notice");
  await trouble.waitFor();
  const words = (await trouble.textContent())!;
  expect(words).toContain(wanted);
  expect(words).toContain(String(other.number));
  expect(words).toMatch(/supervisor, at \d\d:\d\d:\d\d\./);
  const next = /Next: (\S+)\./.exec(words)![1]!;
  expect(next).not.toBe(wanted);
  expect(await page.inputValue("#command")).toBe(`D #${number} ${next}`);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("command");
  const sent = ((await town.ask("GET", "/runs")) as { callsign: string; incident_id: string }[]).filter((run) => run.incident_id === id);
  expect(sent).toEqual([]); // not sent by itself
  await expect.poll(() => echo(page).textContent()).toMatch(new RegExp(`^↵ send ${next} \\(rank 1`));
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.run[aria-label="${next}"]`);
});

test("another than the first wants a reason, one number is enough, and the record keeps it", async () => {
  const { number } = await town.incident("override by line");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.keyboard.press("Escape");
  const last = await page.locator("fieldset:first-of-type > .choice-row").count(); // the second may be as good as the first
  await page.keyboard.type(`D ${last}`);
  await expect.poll(() => echo(page).textContent()).toMatch(/stands before/);
  await page.keyboard.press("Enter");
  expect(await page.locator(".run").count()).toBe(0);
  const reasons = page.locator(".command .reasons li");
  await reasons.first().waitFor();
  const words = (await reasons.nth(2).textContent())!.replace("/3 ", "");
  await page.keyboard.type(" /3 bridge under water");
  await expect.poll(() => echo(page).textContent()).toContain(`${words}: bridge under water`);
  await page.keyboard.press("Enter");
  await page.waitForSelector('.timeline .entry:has-text("bridge under water")');
});

test("a step is taken back by an event of its own, and the record only grows", async () => {
  const { number } = await town.incident("undo by line");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await order(page, "D 1", /^↵ send/);
  const run = page.locator(".run").first();
  await run.waitFor();
  const callsign = (await run.getAttribute("aria-label"))!;
  await order(page, `${callsign} EN`, new RegExp(`^↵ ${callsign}: `));
  await page.waitForSelector(".run .step.done:has-text('En route')");
  const entries = () => page.locator(".timeline .entry").count();
  await expect.poll(entries).toBeGreaterThan(2);
  const before = await page.locator(".timeline .entry").allTextContents();
  await order(page, "U", new RegExp(`^↵ ${callsign}: take back`));
  await page.waitForSelector(".run button.step:has-text('En route')");
  await expect.poll(entries).toBeGreaterThan(before.length); // an alarm may be told meanwhile, too
  expect((await page.locator(".timeline .entry").allTextContents()).slice(0, before.length)).toEqual(before);
});

test("what is hard to take back waits for a second Enter, and says what it will do", async () => {
  const { number } = await town.incident("stand down");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await order(page, "D 1", /^↵ send/);
  const callsign = (await page.locator(".run").first().getAttribute("aria-label"))!;
  await order(page, `X ${callsign}`, /^↵ STAND DOWN/);
  await expect.poll(() => echo(page).textContent()).toMatch(/Enter once more: STAND DOWN/);
  expect(await page.locator(".run.over").count()).toBe(0);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".run.over");
});

test("half a line survives Esc, a reload and the way through the history", async () => {
  const { number } = await town.incident("half a line");
  const page = await desk();
  await page.waitForSelector(`.queue .line:has-text("#${number}")`);
  await order(page, `NT #${number} first note`, /^↵ note/);
  await done(page, /✓ note/);
  await page.keyboard.type("D 41");
  await page.keyboard.press("ArrowUp");
  expect(await page.inputValue("#command")).toBe(`NT #${number} first note`);
  await page.keyboard.press("ArrowDown");
  expect(await page.inputValue("#command")).toBe("D 41");
  await page.keyboard.press("Escape");
  expect(await page.inputValue("#command")).toBe("");
  await page.keyboard.press("ArrowUp");
  expect(await page.inputValue("#command")).toBe("D 41");
  await page.reload();
  await page.waitForSelector(".lamp.live");
  expect(await page.inputValue("#command")).toBe("D 41");
  await page.focus("#phone");
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("command");
});

test("the ranking changed between the reading and the Enter: it asks again before anybody is sent", async () => {
  const first = await town.incident("changes under the hand");
  const second = await town.incident("chosen meanwhile");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${first.number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.keyboard.press("Escape");
  await page.keyboard.type("NT chờ ở cổng sau");
  await expect.poll(() => echo(page).textContent()).toContain(`#${first.number}`);
  // Another incident is chosen without a key in the line: by another window, or by F3.
  await page.keyboard.press("F3");
  await expect.poll(() => echo(page).textContent()).toContain(`#${second.number}`);
  await page.keyboard.press("Enter");
  await expect.poll(() => echo(page).textContent()).toMatch(/Just changed/);
  const notes = async (id: string) => ((await town.ask("GET", `/incidents/${id}/timeline`)) as { text: { en: string } }[])
    .filter((entry) => JSON.stringify(entry.text).includes("chờ ở cổng sau")).length;
  expect([await notes(first.id), await notes(second.id)]).toEqual([0, 0]);
  await page.keyboard.press("Enter");
  await done(page, /✓ note/);
  expect([await notes(first.id), await notes(second.id)]).toEqual([0, 1]);
});

test("an order whose answer was lost stands in the line again, and sent again it is one order", async () => {
  const { id, number } = await town.incident("lost answer");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".timeline .entry");
  let stored = 0;
  await page.route("**/notes", async (route) => {
    if (stored === 0) await route.fetch(); // the server keeps it, and nobody hears of it
    stored += 1;
    await route.abort();
  });
  await order(page, "NT bệnh nhân tỉnh", /^↵ note/);
  await page.keyboard.type("D "); // the next order is typed meanwhile
  await page.locator(".command .notice", { hasText: "Not sent" }).waitFor({ timeout: 20_000 });
  expect(await page.inputValue("#command")).toBe("D "); // nothing is written over it
  expect(await page.locator(".command .notice").textContent()).toMatch(/top of the history/);
  await page.unroute("**/notes");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  expect(await page.inputValue("#command")).toBe("NT bệnh nhân tỉnh");
  await page.keyboard.press("Enter");
  await done(page, /✓ note/);
  const entries = (await town.ask("GET", `/incidents/${id}/timeline`)) as { text: { vi: string } }[];
  expect(entries.filter((entry) => entry.text.vi.includes("bệnh nhân tỉnh")).length).toBe(1);
});

test("a session that ends over half an order leaves it in the line", async () => {
  const { number } = await town.incident("session over");
  const page = await desk("dispatcher", { signIn: "own" });
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.keyboard.press("Escape");
  await page.keyboard.type("NT người nhà đợi ở cổng");
  await page.evaluate(() => fetch("/api/v1/logout", { method: "POST" }));
  await page.waitForSelector(".login-over");
  await enter(page, "dispatcher");
  await page.waitForSelector(".login-over", { state: "detached" });
  expect(await page.inputValue("#command")).toBe("NT người nhà đợi ở cổng");
  await page.focus("#command");
  await page.keyboard.press("Enter");
  await done(page, /✓ note/);
});

test("the Tab key goes through the desk as it is read, and ends in the line", async () => {
  const { number } = await town.incident("tab order");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.evaluate(() => document.querySelector<HTMLElement>(".top button")!.focus());
  const places: string[] = [];
  for (let presses = 0; presses < 200; presses += 1) {
    const place = await page.evaluate(() => {
      const found = document.activeElement?.closest(".bars, .column, .hospitals, .command");
      return { place: found?.className.replace(/panel|column/g, "").trim().split(" ")[0] ?? "page", id: document.activeElement?.id };
    });
    if (places.at(-1) !== place.place) places.push(place.place);
    if (place.id === "command") break;
    await page.keyboard.press("Tab");
  }
  expect(places).toEqual(["bars", "left", "middle", "right", "hospitals", "command"]);
});

test("every order can be put together with the mouse alone", async () => {
  const { number } = await town.incident("mouse");
  const page = await desk();
  await page.locator(".queue .line", { hasText: `#${number}` }).click();
  await page.waitForSelector(".choice-row .callsign");
  await page.click(".command button[aria-label='Help for the command line']");
  const help = page.locator(".command-help");
  await help.waitFor();
  expect(await help.locator("li button").count()).toBeGreaterThan(25);
  await help.locator("li button", { hasText: "send; D" }).click();
  await page.locator(".command .chips button").first().click();
  await expect.poll(() => echo(page).textContent()).toMatch(/^↵ send/);
  await page.click(".command button[aria-label='Carry out the order']");
  await page.waitForSelector(".run");
});

test("the alarm on top is taken up with K, by name", async () => {
  const [callsign] = await town.crewUp(1);
  await town.ask("POST", `/units/${callsign}/sos`, { id: crypto.randomUUID() });
  const page = await desk();
  const alarms = async () => (await town.ask("GET", "/crew-alarms")) as { id: string; status: string; acknowledged_by: string }[];
  const [alarm] = (await alarms()).filter((row) => row.status === "sounding");
  await order(page, "K", new RegExp(`^↵ take the alarm: .*${callsign}`));
  await done(page, /✓ take the alarm/);
  expect((await alarms()).find((row) => row.id === alarm!.id)?.acknowledged_by).toBe("dispatcher");
  await town.ask("POST", `/crew-alarms/${alarm!.id}/close`, { outcome: "false_alarm" });
  await page.keyboard.type("K");
  await expect.poll(() => echo(page).textContent()).not.toContain(callsign);
});

test("the line, its hints and its help break no rule of access, in both languages", async () => {
  for (const language of ["vi", "en"] as const) {
    const page = await desk("dispatcher", { language });
    await page.keyboard.press("Escape");
    await page.keyboard.type("D 99 1");
    await page.waitForSelector("#command-echo p");
    await page.keyboard.press("Enter");
    expect(await breaches(page)).toEqual([]);
    await page.click(".command form button.quiet");
    await page.waitForSelector(".command-help");
    expect(await breaches(page)).toEqual([]);
  }
});
