/** A panel over the map: opened by its key it takes the keyboard along, and Esc in an empty command line closes it. */
import { I18nProvider } from "@lingui/react";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { openSheet, turn } from "../src/patients/openSheet";
import { Sheet } from "../src/patients/Sheet";
import { i18n } from "../src/text/i18n";

let root: Root;
const line = () => document.querySelector<HTMLInputElement>("#command")!;

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  document.body.innerHTML = '<input id="command"><input id="elsewhere"><div></div>';
  openSheet.set(null);
  root = createRoot(document.querySelector("div")!);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

async function opened(keyed: boolean, inside = <input id="colour" />) {
  turn("patients", keyed);
  await act(async () => root.render(<I18nProvider i18n={i18n}><Sheet title="x"><p>{inside}</p></Sheet></I18nProvider>));
}
const escape = (at: HTMLElement) => at.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));

test("Esc in an empty command line closes it; words that stand there, or another field, keep the key", async () => {
  await opened(false);
  line().value = "D 7";
  escape(line());
  escape(document.querySelector<HTMLElement>("#elsewhere")!);
  expect(openSheet.get()).toBe("patients");
  line().value = "";
  escape(line());
  expect(openSheet.get()).toBeNull();
});

test("opened by its key it has the keyboard in its first field, opened by the mouse it leaves it where it is", async () => {
  line().focus();
  await opened(false);
  expect(document.activeElement).toBe(line());
  await act(async () => root.unmount());
  openSheet.set(null);
  root = createRoot(document.querySelector("div")!);
  await opened(true);
  expect(document.activeElement!.id).toBe("colour");
});

test("where it has no field the keyboard is on its first button below the head", async () => {
  await opened(true, <button id="do" type="button">x</button>);
  expect(document.activeElement!.id).toBe("do");
});
