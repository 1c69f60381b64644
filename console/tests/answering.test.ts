/** Answers of a call on a bad line: the newest counts, and nothing older is heard after it. */
import { afterEach, expect, test, vi } from "vitest";

import { Answering } from "../src/intake/answering";
import type { Triaged } from "../src/wire/answers";
import { patiently, Refusal, Unreachable } from "../src/wire/send";

type Sent = { answers: Record<string, string>; protocol: string; at: string; signal: AbortSignal; answer: (name: string) => void; fail: (error: unknown) => void };

function desk(now = () => 1_000) {
  const sent: Sent[] = [];
  const answering = new Answering((_call, said, signal) => new Promise((resolve, fail) => {
    sent.push({ ...said, at: said.at!, answers: said.answers as Record<string, string>, signal: signal!, fail,
      answer: (name) => resolve({ determinant: name } as Triaged) });
  }), now);
  const heard: (string | null)[] = [];
  const tell = (protocol: string, answers: Record<string, string>, call = "c") =>
    answering.tell(call, protocol, answers).then((told) => heard.push(told && told.determinant), () => heard.push("failed"));
  return { sent, heard, tell };
}
const rest = () => new Promise((done) => setTimeout(done));

afterEach(() => { vi.unstubAllGlobals(); vi.restoreAllMocks(); });

test("a newer answer gives up the older one on its way, whose outcome is heard no more", async () => {
  const { sent, heard, tell } = desk();
  void tell("general", { conscious: "no" });
  void tell("general", { conscious: "no", breathing: "none" });
  expect(sent.map((one) => one.signal.aborted)).toEqual([true, false]);
  expect(sent[1]!.at > sent[0]!.at, "the server's time stood still").toBe(true);
  sent[1]!.answer("cardiac_arrest");
  sent[0]!.answer("unwell");
  await rest();
  expect(heard).toEqual([null, "cardiac_arrest"]);
  void tell("general", { conscious: "no", breathing: "odd" });
  expect(sent).toHaveLength(3);
});

test("another card waits its turn, its newest answers take the place of what waits, and a no stops nobody", async () => {
  const { sent, heard, tell } = desk();
  void tell("general", { problem: "pain" });
  void tell("chest_pain", { age: "40" });
  void tell("chest_pain", { age: "70" });
  void tell("general", { problem: "other" }, "another call");
  expect(sent.map((one) => one.answers)).toEqual([{ problem: "pain" }, { problem: "other" }]);
  sent[0]!.fail(new Refusal(409, "no"));
  await rest();
  expect(sent.at(-1)!.answers).toEqual({ age: "70" });
  sent.at(-1)!.answer("chest_pain");
  await rest();
  expect(heard).toEqual([null, "failed", "chest_pain"]);
});

test("answers given up are not sent once more", async () => {
  const stop = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(undefined as unknown as AbortSignal);
  const fetched = vi.fn(async () => { stop.abort(); throw new TypeError("Failed to fetch"); });
  vi.stubGlobal("fetch", fetched);
  const request = { method: "PUT", signal: stop.signal, headers: new Headers(), clone: () => "http://x.test/" };
  await expect(patiently(request as unknown as Request)).rejects.toBeInstanceOf(Unreachable);
  expect(fetched).toHaveBeenCalledTimes(1);
});
