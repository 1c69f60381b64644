/** Answers asked for at an interval: a slow line shows what it brings, and never something older than is shown. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { usePolled } from "../src/live/polled";

vi.mock("../src/live/index", () => ({ useLink: () => "live" }));

let root: Root;
let box: HTMLElement;

/** Each question stays open until the test answers it. */
function questions() {
  const open: ((text: string) => void)[] = [];
  return { open, ask: () => new Promise<string>((done) => open.push(done)) };
}

function Part({ ask }: { ask: () => Promise<string> }) {
  const { value, again } = usePolled(ask, 1_000);
  return <button onClick={again}>{value}</button>;
}

const show = (ask: () => Promise<string>) => act(async () => root.render(<Part ask={ask} />));
const pass = (ms: number) => act(async () => { await vi.advanceTimersByTimeAsync(ms); });

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers();
  box = document.createElement("div");
  root = createRoot(box);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("answers slower than the interval are shown all the same", async () => {
  const slow = () => new Promise<string>((done) => setTimeout(() => done(`at ${Date.now() - began}`), 2_500));
  const began = Date.now();
  await show(slow);
  await pass(2_500);
  expect(box.textContent).toBe("at 2500");
  await pass(10_000);
  expect(box.textContent).not.toBe("at 2500");
});

test("an answer that was overtaken by a later one is not put in its place", async () => {
  const { open, ask } = questions();
  await show(ask);
  await pass(1_000);
  expect(open).toHaveLength(2);
  await act(async () => open[1]!("new"));
  await act(async () => open[0]!("old"));
  expect(box.textContent).toBe("new");
});

test("what was asked of another is not shown when it comes at last", async () => {
  const before = questions();
  const since = questions();
  await show(before.ask);
  await show(since.ask);
  await act(async () => before.open[0]!("another's"));
  expect(box.textContent).toBe("");
  await act(async () => since.open[0]!("ours"));
  expect(box.textContent).toBe("ours");
});

test("after an order nothing is shown that was asked before it", async () => {
  const { open, ask } = questions();
  await show(ask);
  await act(async () => box.querySelector("button")!.click());
  await act(async () => open[0]!("before"));
  expect(box.textContent).toBe("");
  await act(async () => open[1]!("after"));
  expect(box.textContent).toBe("after");
});
