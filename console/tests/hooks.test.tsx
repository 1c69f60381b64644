/** What effects rely on: functions that stay the same, and what was taken is given back. */
import { I18nProvider } from "@lingui/react";
import { act, useEffect } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useAwake } from "../src/crew/awake";
import { WhyNot } from "../src/recommend/WhyNot";
import { Notice, useTrouble } from "../src/shell/Notice";
import { i18n, speak, useText } from "../src/text/i18n";
import type { Recommendation, Why } from "../src/wire/answers";
import * as api from "../src/wire/api";
import { Unreachable } from "../src/wire/send";

let root: Root;
let box: HTMLElement;

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  box = document.createElement("div");
  root = createRoot(box);
});
afterEach(async () => {
  await act(async () => root.unmount());
  await speak("vi");
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const show = (Part: () => React.ReactNode) =>
  act(async () => root.render(<I18nProvider i18n={i18n}><Part key="one" /></I18nProvider>));

test("a text is read by the same function until the language changes", async () => {
  const seen = new Set<unknown>();
  let again = 0;
  function Part() {
    const { t } = useText();
    seen.add(t);
    return <p>{t("error.unreachable")}{again}</p>;
  }
  await show(Part);
  again += 1;
  await show(Part);
  expect(box.textContent).toContain("1");
  expect(seen.size).toBe(1);
  const before = box.textContent;
  await act(() => speak("en"));
  expect(seen.size).toBe(2);
  expect(box.textContent).not.toBe(before);
});

test("whoever asks in an effect asks once, and what went wrong is told in the language of now", async () => {
  let asked = 0;
  function Part() {
    const { trouble, attempt } = useTrouble();
    useEffect(() => {
      asked += 1;
      void attempt(() => Promise.reject(new Unreachable("no answer")));
    }, [attempt]);
    return <Notice trouble={trouble} />;
  }
  await show(Part);
  const before = box.textContent;
  expect(before).toContain("■");
  await act(() => speak("en"));
  expect(box.textContent).not.toBe(before);
  expect(asked).toBe(1);
});

test("two glances in quick succession hold the screen once, and let go of all of it", async () => {
  const held: { released: boolean; release: () => Promise<void> }[] = [];
  const request = async () => {
    const lock = { released: false, release: async () => { lock.released = true; } };
    held.push(lock);
    return lock;
  };
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { wakeLock: { request } }));
  function Part() {
    useAwake(true);
    return null;
  }
  await act(async () => {
    root.render(<Part />);
  });
  held.forEach((lock) => { lock.released = true; }); // the phone took it back while nobody looked
  await act(async () => {
    document.dispatchEvent(new Event("visibilitychange"));
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(held.filter((lock) => !lock.released)).toHaveLength(1);
  await act(async () => root.render(null));
  expect(held.filter((lock) => !lock.released)).toHaveLength(0);
});

test("an answer about one unit that comes late is not put in the place of the one asked for since", async () => {
  const advice = { decision_id: "d", units: [], rejected: [{ callsign: "C1" }, { callsign: "C2" }] } as unknown as Recommendation;
  const answers = new Map<string, (why: Why) => void>();
  vi.spyOn(api, "whyNot").mockImplementation((_, callsign) => new Promise((done) => answers.set(callsign, done)));
  const answer = (callsign: string) => act(async () => answers.get(callsign)!(
    { callsign, rank: null, score: null, behind_s: null, first: null, parts: {}, vi: [], en: [] } as unknown as Why));
  const told = () => box.querySelector(".why-told .callsign")?.textContent;
  const put = (asked: string) => act(async () => root.render(
    <I18nProvider i18n={i18n}><WhyNot advice={advice} asked={asked} choose={() => undefined} /></I18nProvider>));
  await put("C1");
  await put("C2");
  await answer("C2");
  expect(told()).toBe("C2");
  await answer("C1");
  expect(told()).toBe("C2");
});
