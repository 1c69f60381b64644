/** What effects rely on: functions that stay the same, and what was taken is given back. */
import { I18nProvider } from "@lingui/react";
import { act, useEffect } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useAwake } from "../src/crew/awake";
import { Notice, useTrouble } from "../src/shell/Notice";
import { i18n, speak, useText } from "../src/text/i18n";
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
