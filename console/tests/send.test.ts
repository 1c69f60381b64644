import { afterEach, beforeEach, expect, test, vi } from "vitest";

import * as api from "../src/wire/api";
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

test("a session that ended is announced", async () => {
  const ended = vi.fn();
  const forget = onSessionEnd(ended);
  answers = [() => Response.json({ detail: "Sign in." }, { status: 401 })];
  await api.me().catch(() => null);
  forget();
  expect(ended).toHaveBeenCalledTimes(1);
});
