import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Clock } from "../src/live/clock";
import { Link, SILENCE_MS } from "../src/live/link";
import { Positions } from "../src/live/positions";
import { Store } from "../src/store/store";
import type { Frame, Snapshot } from "../src/wire/rows";
import { aSnapshot, aUnit, NOON } from "./samples";

class Socket {
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly after: number) {}
  close(): void { this.closed = true; }
  says(...frames: Frame[]): void { frames.forEach((frame) => this.onmessage?.({ data: JSON.stringify(frame) })); }
}

let store: Store;
let sockets: Socket[];
let link: Link;
let snapshots: ReturnType<typeof vi.fn<() => Promise<Snapshot>>>;
let check: ReturnType<typeof vi.fn<() => Promise<unknown>>>;
const hello = (seq: number, epoch = "first"): Frame => ({ type: "hello", seq, epoch, now: NOON });
const event = (seq: number, prev = seq - 1): Frame =>
  ({ type: "event", prev, seq, topic: "T", at: NOON, recorded_at: NOON, actor: "a", data: {} });
const beat = (seq: number): Frame => ({ type: "heartbeat", seq, now: NOON });
const last = () => sockets.at(-1)!;
const moments = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  store = new Store((work) => work());
  sockets = [];
  snapshots = vi.fn(async () => aSnapshot({ seq: 10 }));
  check = vi.fn(async () => ({}));
  link = new Link(store, new Clock(), new Positions(), {
    check: () => check(),
    snapshot: () => snapshots(),
    socket: (after) => {
      sockets.push(new Socket(after));
      return last() as unknown as WebSocket;
    },
  });
  link.start();
  await moments(0);
  last().says(hello(10));
});

afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

test("starts from a snapshot and listens from its position", () => {
  expect(link.state).toBe("live");
  expect(last().after).toBe(10);
});

test("silence is shown as cut off in under three seconds", async () => {
  expect(SILENCE_MS).toBeLessThan(3000);
  await moments(SILENCE_MS - 1);
  expect(link.state).toBe("live");
  await moments(1);
  expect(link.state).toBe("cut");
});

test("heartbeats keep it live", async () => {
  for (let i = 0; i < 10; i += 1) {
    await moments(1500);
    last().says(beat(10));
  }
  expect(link.state).toBe("live");
});

test("a cut line comes back by itself and resumes without a new snapshot", async () => {
  last().says(event(11), { type: "rows", seq: 11, rows: { units: [aUnit("C1", { seq: 11 })] } });
  last().onclose?.();
  expect(link.state).toBe("cut");
  await moments(1000);
  expect(last().after).toBe(11);
  last().says(hello(11));
  expect(link.state).toBe("live");
  expect(snapshots).toHaveBeenCalledTimes(1);
});

test("an event whose rows were lost with the line is asked for again", async () => {
  last().says(event(11));
  last().onclose?.();
  await moments(1000);
  expect(last().after).toBe(10);
});

test("a hole in the numbers of a log is passed over", async () => {
  last().says(event(13, 10));
  await moments(0);
  expect(snapshots).toHaveBeenCalledTimes(1);
  expect(store.seq).toBe(13);
});

test("an event that was lost leads to a fresh snapshot", async () => {
  snapshots.mockImplementation(async () => aSnapshot({ seq: 13 }));
  last().says(event(13));
  await moments(0);
  expect(snapshots).toHaveBeenCalledTimes(2);
  expect([store.seq, last().after]).toEqual([13, 13]);
});

test("a heartbeat that stays ahead of us is a loss too", async () => {
  last().says(beat(12));
  await moments(0);
  expect(snapshots).toHaveBeenCalledTimes(1);
  last().says(beat(12));
  await moments(0);
  expect(snapshots).toHaveBeenCalledTimes(2);
});

test("a fresh snapshot that does not come is shown as cut off, and live again when it came", async () => {
  let come: (one: Snapshot) => void = () => undefined;
  snapshots.mockImplementation(() => new Promise((done) => { come = done; }));
  last().says(event(13));
  await moments(SILENCE_MS - 1);
  expect(link.state).toBe("live");
  await moments(1);
  expect(link.state).toBe("cut");
  come(aSnapshot({ seq: 13 }));
  await moments(0);
  last().says(hello(13));
  expect([link.state, snapshots.mock.calls.length, last().after]).toEqual(["live", 2, 13]);
});

test("it asks who we are also where the browser says that the line is back", async () => {
  last().onclose?.();
  link.hurry();
  await moments(0);
  expect([check.mock.calls.length, sockets.length]).toEqual([1, 2]);
});

test("whoever was told while it asked that somebody else sits here asks for no picture", async () => {
  check.mockImplementation(async () => link.stop());
  last().onclose?.();
  await moments(10_000);
  expect([sockets.length, snapshots.mock.calls.length]).toEqual([1, 1]);
});

test("in a flood each heartbeat overtakes what is on its way, and nothing is lost", async () => {
  for (let seq = 11; seq < 100; seq += 1) last().says(beat(seq + 1), event(seq), event((seq += 1)));
  await moments(0);
  expect([snapshots.mock.calls.length, link.resyncs, sockets.length]).toEqual([1, 0, 1]);
});

test("another epoch, or a server that says so, leads to a fresh snapshot", async () => {
  last().says(hello(10, "another"));
  await moments(0);
  expect(snapshots).toHaveBeenCalledTimes(2);
  last().says({ type: "hello", seq: 10, epoch: "first", now: NOON, resync: true });
  await moments(0);
  expect(snapshots).toHaveBeenCalledTimes(3);
});

test("it asks who we are before it comes back, and keeps trying at most five seconds apart", async () => {
  check.mockRejectedValue(new Error("down"));
  last().onclose?.();
  await moments(60_000);
  const tries = check.mock.calls.length;
  expect(tries).toBeGreaterThan(10);
  expect(sockets).toHaveLength(1);
  check.mockResolvedValue({});
  await moments(6_500);
  expect(sockets).toHaveLength(2);
});
