import { afterEach, beforeEach, expect, test, vi } from "vitest";

import * as api from "../src/wire/api";
import { confirmCode } from "../src/wire/gate";
import { correctTime } from "../src/wire/mending";
import * as ward from "../src/wire/ward";
import { onSessionEnd, PATIENCE_MS, patiently, Refusal, Unreachable } from "../src/wire/send";

let sent: Request[];
let answers: (() => Response | Error)[];
const fine = () => Response.json({ seq: 7, id: "x", nearby: [] }, { status: 201 });
const dead = () => new TypeError("Failed to fetch");
const CALL = { id: "6f1c1d1e-0000-4000-8000-000000000001", phone: "0903", complaint: "x" };

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom brings its own signals, which the platform's Request does not take.
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(undefined as unknown as AbortSignal);
  sent = [];
  answers = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(request);
    const answer = (answers.shift() ?? dead)();
    if (answer instanceof Error) throw answer;
    return answer;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a write on a bad link is sent again under the same key with the same body", async () => {
  answers = [dead, () => new Response(null, { status: 503 }), fine];
  const answer = api.takeCall(CALL);
  await vi.advanceTimersByTimeAsync(3000);
  expect((await answer).seq).toBe(7);
  expect(sent.map((request) => request.headers.get("idempotency-key"))).toEqual([CALL.id, CALL.id, CALL.id]);
  expect(await Promise.all(sent.map((request) => request.text()))).toEqual(Array(3).fill(JSON.stringify(CALL)));
});

test("an answer that breaks off in its body is no answer", async () => {
  const torn = () => new Response(new ReadableStream({ start: (body) => body.error(new DOMException("late", "TimeoutError")) }));
  answers = [torn, fine];
  const answer = api.takeCall(CALL);
  await vi.advanceTimersByTimeAsync(3000);
  expect((await answer).seq).toBe(7);
  expect(new Set(sent.map((request) => request.headers.get("idempotency-key")))).toEqual(new Set([CALL.id]));
  answers = [torn];
  await expect(patiently(new Request("http://x.test/"))).rejects.toBeInstanceOf(Unreachable);
});

test("patience ends: the person is told that nothing is confirmed", async () => {
  const answer = expect(api.closeCall("c", "silent")).rejects.toBeInstanceOf(Unreachable);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 3000);
  await answer;
  expect(new Set(sent.map((request) => request.headers.get("idempotency-key"))).size).toBe(1);
});

const keys = () => sent.map((request) => request.headers.get("idempotency-key"));
const bodies = () => Promise.all(sent.map((request) => request.text()));

/** Presses, and waits until the person is told that nothing is known. */
async function lost(press: () => Promise<unknown>): Promise<void> {
  const told = expect(press()).rejects.toBeInstanceOf(Unreachable);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 3000);
  await told;
}

test("a button pressed again while its answer is unknown says the very same order, with the time of the first press", async () => {
  await lost(() => api.reach("r", "en_route", "2026-01-01T00:00:05Z"));
  answers = [fine, fine];
  await api.reach("r", "en_route", "2026-01-01T00:00:25Z");
  expect(new Set(keys()).size).toBe(1);
  expect(new Set(await bodies()).size).toBe(1);
  sent = [];
  await api.reach("r", "en_route", "2026-01-01T00:00:45Z"); // it was answered: this is another order
  expect((await bodies())[0]).toContain("00:00:45");
});

test.each([
  ["withdraw", "return", () => ward.withdraw("C1", "thiếu kíp", null), () => ward.giveBack("C1")],
  ["claim", "release", () => api.claimCall("c", false), () => api.releaseCall("c")],
] as const)("what was undone by another order in between is a new order: %s, %s", async (_, __, does, undoes) => {
  await lost(does);
  await lost(undoes);
  answers = [fine];
  await does();
  const told = [...new Set(keys())];
  expect(told, "the third press would be answered with the result of the first").toHaveLength(3);
  expect(keys().at(-1)).toBe(told[2]);
});

test("of orders that set a thing the last one counts: the first said again is a new order; notes add up", async () => {
  await lost(() => api.setPriority("i", "P1", "x"));
  await lost(() => api.setPriority("i", "P2", "x"));
  answers = [fine];
  await api.setPriority("i", "P1", "x");
  expect(new Set(keys()).size).toBe(3);
  sent = [];
  await lost(() => api.addNote("i", "n1", "cổng sau"));
  await lost(() => api.addNote("i", "n2", "lầu ba"));
  answers = [fine];
  await api.addNote("i", "n1", "cổng sau");
  expect(new Set(keys()).size).toBe(2);
});

test("after a refusal, in other words, or long after, a press is a new order", async () => {
  answers = [() => Response.json({ detail: "No." }, { status: 409 }), fine];
  await api.closeIncident("a", "báo giả").catch(() => undefined);
  await api.closeIncident("a", "báo giả");
  expect(new Set(keys()).size).toBe(2);
  sent = [];
  await lost(() => api.closeIncident("b", "báo giả"));
  answers = [fine];
  await api.closeIncident("b", "bệnh nhân từ chối");
  answers = [fine];
  await api.closeIncident("b", "báo giả"); // the other one was answered: about this nothing is open any more
  expect(new Set(keys()).size).toBe(3);
  sent = [];
  await lost(() => api.closeIncident("c", "báo giả"));
  await vi.advanceTimersByTimeAsync(120_000);
  answers = [fine];
  await api.closeIncident("c", "báo giả");
  expect(new Set(keys()).size).toBe(2);
});

test("a time that is itself what is ordered is never taken for the moment of a press", async () => {
  await lost(() => correctTime("r", "on_scene", "2026-01-01T00:05:00Z", "gõ nhầm"));
  answers = [fine];
  await correctTime("r", "on_scene", "2026-01-01T00:06:00Z", "gõ nhầm");
  expect(new Set(keys()).size).toBe(2);
  expect((await bodies()).at(-1)).toContain("00:06:00");
});

test("a server that stored it and failed to say so is asked again under the same key", async () => {
  answers = [() => Response.json({ detail: "Fault." }, { status: 500 }), fine];
  await api.closeIncident("d", "báo giả").catch(() => undefined);
  await api.closeIncident("d", "báo giả");
  expect(new Set(keys()).size).toBe(1);
});

test("no password waits anywhere for its answer", async () => {
  await lost(() => api.login("lan", "a good password"));
  answers = [fine];
  await api.login("lan", "a good password");
  expect(new Set(keys()).size).toBe(2);
});

test("a question is asked once", async () => {
  await expect(patiently(new Request("http://x.test/"))).rejects.toBeInstanceOf(Unreachable);
  expect(sent).toHaveLength(1);
});

test("a refusal carries the server's sentence and its facts", async () => {
  answers = [() => Response.json({ title: "Conflict", detail: "C1 is on incident 4.", incident: 4 }, { status: 409 })];
  const refused = await api.sendUnit("i", { run_id: CALL.id, unit_id: "C1", preempt: false, confirm_place: false }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ status: 409, message: "C1 is on incident 4.", facts: { incident: 4 } });
});

test("a wrong code while a phone is set up is a refusal, and no end of the session", async () => {
  const ended = vi.fn();
  const forget = onSessionEnd(ended);
  answers = [() => Response.json({ type: "urn:vigil:WrongCode", detail: "The code is wrong." }, { status: 401 })];
  await expect(confirmCode("000000")).rejects.toMatchObject({ status: 401, message: "The code is wrong." });
  forget();
  expect(ended).not.toHaveBeenCalled();
});

test("a session that ended is announced", async () => {
  const ended = vi.fn();
  const forget = onSessionEnd(ended);
  answers = [() => Response.json({ detail: "Sign in." }, { status: 401 })];
  await api.me().catch(() => null);
  forget();
  expect(ended).toHaveBeenCalledTimes(1);
});
