import { describe, expect, test } from "vitest";

import { Outbox, type Kept } from "../src/outbox/outbox";
import { MemoryShelf } from "../src/outbox/shelf";
import { Refusal, Unreachable } from "../src/wire/send";

const NOON = Date.parse("2026-03-01T12:00:00Z");
const at = (second: number) => new Date(NOON + second * 1000).toISOString();

/** A line that can be cut; `heard` is what the server stored, each key once, in the order of arrival. */
class Line {
  open = true;
  /** Stores, and loses the answer so many times. */
  loses = 0;
  heard: { key: string; tapped: string; order: string }[] = [];
  no = new Map<string, Refusal>();
  tries = 0;
  /** What the server's clock says, ms; null where it looks at no time. */
  now: number | null = null;

  send = async ({ id, tapped, order }: Kept<string>): Promise<{ seq: number }> => {
    this.tries += 1;
    if (!this.open) throw new Unreachable("no answer");
    if (this.now !== null && Date.parse(tapped) > this.now) {
      throw new Refusal(422, "That has not come yet.", { type: "urn:vigil:FromTheFuture", at: tapped, now: new Date(this.now).toISOString() });
    }
    const no = this.no.get(order);
    if (no) throw no;
    if (!this.heard.some((one) => one.key === id)) this.heard.push({ key: id, tapped, order });
    if (this.loses-- > 0) throw new Unreachable("no answer");
    return { seq: this.heard.length };
  };
}

function phone(line: Line, shelf = new MemoryShelf<Kept<string>>((one) => one.id), who: () => string | null = () => "crew") {
  const outbox = new Outbox<string>(shelf, { send: line.send, who, pause: () => new Promise((done) => setTimeout(done, 1)) });
  let taps = 0;
  const tap = (order: string, second: number, urgent = false) => outbox.add(order, { id: `k${(taps += 1)}-${order}`, by: "crew", tapped: at(second), urgent });
  return { outbox, shelf, tap };
}

const settled = (outbox: Outbox<string>) => expect.poll(() => outbox.held.get().waiting.length).toBe(0);

describe("taps that wait for the line", () => {
  test("go out in the order of the taps, with the times of the taps", async () => {
    const line = new Line();
    line.open = false;
    const { outbox, tap } = phone(line);
    for (const [second, order] of [[0, "en_route"], [40, "on_scene"], [75, "patient_contact"], [120, "transporting"]] as const) await tap(order, second);
    expect(outbox.held.get().waiting.map((one) => one.order)).toEqual(["en_route", "on_scene", "patient_contact", "transporting"]);
    line.open = true;
    await settled(outbox);
    expect(line.heard.map(({ order, tapped }) => [order, tapped])).toEqual([
      ["en_route", at(0)], ["on_scene", at(40)], ["patient_contact", at(75)], ["transporting", at(120)],
    ]);
  });

  test("count once where the answer was lost on its way", async () => {
    const line = new Line();
    line.loses = 2;
    const { outbox, tap } = phone(line);
    await tap("on_scene", 0);
    await settled(outbox);
    expect(line.heard).toHaveLength(1);
    expect(line.tries).toBeGreaterThan(1);
  });

  test("are still there when the page is opened again", async () => {
    const line = new Line();
    line.open = false;
    const first = phone(line);
    await first.tap("en_route", 0);
    await first.tap("on_scene", 5);
    line.open = true;
    const second = phone(line, first.shelf);
    await second.outbox.open();
    await settled(second.outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["en_route", "on_scene"]);
  });

  test("keep their order where the phone's clock was set back between them", async () => {
    const line = new Line();
    line.open = false;
    const { outbox, tap } = phone(line);
    await tap("en_route", 60);
    await tap("on_scene", 10);
    line.open = true;
    await settled(outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["en_route", "on_scene"]);
  });

  test("let a call for help pass them all", async () => {
    const line = new Line();
    line.open = false;
    const { outbox, tap } = phone(line);
    await tap("en_route", 0);
    await tap("on_scene", 5);
    await tap("sos", 6, true);
    line.open = true;
    await settled(outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["sos", "en_route", "on_scene"]);
  });

  test("are told as refused, with the server's sentence, and hold up nobody behind them", async () => {
    const line = new Line();
    line.no.set("en_route", new Refusal(409, "Chuyến đã dừng."));
    const { outbox, tap } = phone(line);
    await tap("en_route", 0);
    await tap("well", 5);
    await settled(outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["well"]);
    expect(outbox.held.get().refused.map((one) => [one.order, one.refused])).toEqual([["en_route", "Chuyến đã dừng."]]);
    await outbox.dismiss(outbox.held.get().refused[0]!.id);
    expect(outbox.held.get().refused).toEqual([]);
  });

  test.each([401, 429, 500, 503])("stay where the server answers %i: nothing was judged yet", async (status) => {
    const line = new Line();
    line.no.set("en_route", new Refusal(status, "later"));
    const { outbox, tap } = phone(line);
    await tap("en_route", 0);
    await expect.poll(() => line.tries).toBeGreaterThan(2);
    expect([outbox.held.get().waiting.length, outbox.held.get().refused.length]).toEqual([1, 0]);
    line.no.clear();
    await settled(outbox);
    expect(line.heard).toHaveLength(1);
  });

  test("that the server always fails over hold up nobody behind them for ever, and are tried again", async () => {
    const line = new Line();
    line.no.set("broken", new Refusal(500, "Something went wrong here."));
    const { outbox, tap } = phone(line);
    await tap("broken", 0);
    await tap("on_scene", 10);
    await tap("clear", 20);
    await expect.poll(() => line.heard.map((one) => one.order)).toEqual(["on_scene", "clear"]);
    expect(outbox.held.get().waiting.map((one) => one.order)).toEqual(["broken"]);
    line.no.clear();
    await settled(outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["on_scene", "clear", "broken"]);
  });

  test("of another account are neither shown nor sent", async () => {
    const line = new Line();
    line.open = false;
    const first = phone(line);
    await first.tap("en_route", 0);
    line.open = true;
    let who = "another";
    const second = phone(line, first.shelf, () => who);
    await second.outbox.open();
    expect(second.outbox.held.get().waiting).toEqual([]);
    who = "crew";
  });

  test("stand on the screen until the record shows what came of them", async () => {
    const line = new Line();
    const { outbox, tap } = phone(line);
    await tap("en_route", 0);
    await expect.poll(() => outbox.held.get().answered.length).toBe(1);
    outbox.reached(0);
    expect(outbox.held.get().answered).toHaveLength(1);
    outbox.reached(1);
    expect(outbox.held.get().answered).toEqual([]);
  });

  test("leave the screen at once where the rows came before the answer", async () => {
    const line = new Line();
    const { outbox, tap } = phone(line);
    outbox.reached(7);
    await tap("en_route", 0);
    await settled(outbox);
    expect([line.heard.length, outbox.held.get().answered, outbox.held.get().delivered]).toEqual([1, [], 1]);
  });

  test("are put back where the browser took the disk away, and are there for the next page", async () => {
    const line = new Line();
    line.open = false;
    const { outbox, shelf, tap } = phone(line);
    await tap("en_route", 0);
    await tap("on_scene", 5);
    const ids = (await shelf.all()).map((one) => one.id);
    void shelf.drop(ids);
    await outbox.keepAgain(); // told by the browser before anything is read again
    expect((await shelf.all()).map((one) => one.order)).toEqual(["en_route", "on_scene"]);
    line.open = true;
    await settled(outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["en_route", "on_scene"]);
    await outbox.keepAgain();
    expect(await shelf.all()).toEqual([]); // what was answered is not put back
  });

  test.each([["refuses", () => Promise.reject(new Error("disk full"))], ["hangs", () => new Promise<never>(() => undefined)]])(
    "go out before all others as a call for help, once, where the disk %s", async (_, answer) => {
      const line = new Line();
      line.open = false;
      const { outbox, shelf, tap } = phone(line);
      await tap("en_route", 0);
      shelf.put = shelf.drop = answer;
      await tap("sos", 5, true);
      expect(outbox.held.get().waiting.map((one) => one.order)).toEqual(["sos", "en_route"]);
      line.open = true;
      await expect.poll(() => outbox.held.get().waiting.length, { timeout: 9_000 }).toBe(0);
      expect(line.heard.map((one) => one.order)).toEqual(["sos", "en_route"]);
    }, 15_000);

  test("behind a call for help that the server fails over go out all the same", async () => {
    const line = new Line();
    line.no.set("sos", new Refusal(500, "Something went wrong here."));
    const { outbox, tap } = phone(line);
    await tap("sos", 0, true);
    await tap("en_route", 5);
    await expect.poll(() => line.heard.map((one) => one.order)).toEqual(["en_route"]);
    expect(outbox.held.get().waiting.map((one) => one.order)).toEqual(["sos"]);
    line.no.clear();
    await settled(outbox);
    expect(line.heard.map((one) => one.order)).toEqual(["en_route", "sos"]);
  });

  test("as a call for help that is refused goes out again with nothing that can be refused", async () => {
    const heard: (boolean | undefined)[] = [];
    const outbox = new Outbox<string>(new MemoryShelf((one) => one.id), {
      send: async ({ bare }) => {
        heard.push(bare);
        if (!bare) throw new Refusal(422, "That has not come yet.");
        return { seq: 1 };
      }, who: () => "crew", pause: () => new Promise((done) => setTimeout(done, 1)),
    });
    await outbox.add("sos", { id: "k1", by: "crew", tapped: at(60), urgent: true });
    await settled(outbox);
    expect([heard, outbox.held.get().refused, outbox.held.get().delivered]).toEqual([[undefined, true], [], 1]);
  });

  test("from a clock that was set on without a line are stored with the time since the tap, and in order", async () => {
    const line = new Line();
    line.open = false;
    const { outbox, tap } = phone(line);
    await tap("en_route", 60);
    await new Promise((done) => setTimeout(done, 150));
    await tap("on_scene", 61);
    line.now = NOON;
    line.open = true;
    await settled(outbox);
    expect([line.heard.map((one) => one.order), outbox.held.get().refused]).toEqual([["en_route", "on_scene"], []]);
    const [went, came] = line.heard.map((one) => Date.parse(one.tapped) - NOON) as [number, number];
    expect(went).toBeLessThan(-100);
    expect(came).toBeGreaterThan(went);
    expect(came).toBeLessThanOrEqual(0);
  });

  test("from such a clock, of a page that is gone, are stored as of now, and none before the one before it", async () => {
    const line = new Line();
    line.open = false;
    const shelf = new MemoryShelf<Kept<string>>((one) => one.id);
    await shelf.put({ id: "before", by: "crew", tapped: at(60), place: NOON, urgent: false, order: "en_route", refused: null });
    const second = phone(line, shelf);
    await second.outbox.open();
    await second.outbox.add("on_scene", { id: "later", by: "crew", tapped: at(61) });
    await new Promise((done) => setTimeout(done, 50));
    line.now = NOON;
    line.open = true;
    await settled(second.outbox);
    expect(line.heard.map(({ order, tapped }) => [order, tapped])).toEqual([["en_route", at(0)], ["on_scene", at(0)]]);
  });

  test("say at once that they could not even be kept", async () => {
    const shelf = new MemoryShelf<Kept<string>>((one) => one.id);
    shelf.put = () => Promise.reject(new Error("disk full"));
    const { outbox, tap } = phone(new Line(), shelf);
    await expect(tap("en_route", 0)).rejects.toThrow("disk full");
    expect(outbox.held.get().waiting).toEqual([]);
  });
});
