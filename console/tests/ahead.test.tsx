/** What a look ahead says of a unit, and how it is asked. */
import { I18nProvider } from "@lingui/react";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { difference } from "../src/recommend/ahead";
import { AGAIN_MS, TRIES, useLookAhead, type Looked } from "../src/recommend/useLookAhead";
import { i18n } from "../src/text/i18n";
import type { LookAhead } from "../src/wire/answers";
import * as api from "../src/wire/api";
import { Refusal, Unreachable } from "../src/wire/send";

const against = (mean: number, low: number, high: number, sure: boolean) => difference({ against: { mean, low, high, sure } });

test("a difference is said only where it is sure and as large as anybody would notice", () => {
  expect(difference({ against: null })).toEqual({ kind: "first" });
  expect(against(-0.4, -0.9, 0.1, false)).toEqual({ kind: "unsure" });
  expect(against(0.03, 0.01, 0.05, true)).toEqual({ kind: "slight" });
  expect(against(0.4, 0.2, 0.6, true)).toEqual({ kind: "more", mean: 0.4, low: 0.2, high: 0.6 });
  expect(against(-0.4, -0.6, -0.2, true)).toEqual({ kind: "fewer", mean: 0.4, low: 0.2, high: 0.6 });
});

let root: Root;
let now: Looked;

function Part() {
  now = useLookAhead("one");
  return null;
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers();
  root = createRoot(document.createElement("div"));
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const show = () => act(async () => root.render(<I18nProvider i18n={i18n}><Part /></I18nProvider>));
const later = (ms: number) => act(async () => { await vi.advanceTimersByTimeAsync(ms); });

test("an older question of this desk is waited for; what was told before stays until then", async () => {
  const found = { futures: 200 } as LookAhead;
  const ask = vi.spyOn(api, "lookAhead").mockResolvedValueOnce(found).mockRejectedValueOnce(new Refusal(429, "chưa xong")).mockResolvedValueOnce(found);
  await show();
  expect([now.state, now.found, ask.mock.calls.length]).toEqual(["done", found, 1]);
  await act(async () => now.ask());
  expect([now.state, now.found, now.trouble]).toEqual(["still", found, null]);
  await later(AGAIN_MS);
  expect([now.state, ask.mock.calls.length]).toEqual(["done", 3]);
  await later(60_000);
  expect(ask.mock.calls.length).toBe(3);
});

test("a busy server is quoted and not asked again by itself; a silent one is asked a few times more", async () => {
  const ask = vi.spyOn(api, "lookAhead").mockRejectedValueOnce(new Refusal(503, "Các bàn khác đang nhìn trước."));
  await show();
  expect([now.state, now.trouble, now.found]).toEqual(["done", "Các bàn khác đang nhìn trước.", null]);
  await later(60_000);
  expect(ask.mock.calls.length).toBe(1);
  ask.mockRejectedValue(new Unreachable("no answer"));
  await act(async () => now.ask());
  expect([now.state, now.trouble]).toEqual(["still", null]);
  await later(60_000);
  expect([now.state, now.trouble, ask.mock.calls.length]).toEqual(["done", "", 1 + TRIES]);
});

test("a panel that was closed asks no more", async () => {
  const ask = vi.spyOn(api, "lookAhead").mockRejectedValue(new Refusal(429, "chưa xong"));
  await show();
  await act(async () => root.render(null));
  await later(60_000);
  expect(ask.mock.calls.length).toBe(1);
});
