/** A stretch that is drawn and not yet closed is work a reload would take away. */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "@lingui/react";
import { expect, test } from "vitest";

import { halfTyped } from "../src/build/halfTyped";
import { CloseStreet } from "../src/map/CloseStreet";
import { DrawBar } from "../src/map/DrawBar";
import { begin, sketch, withPoint } from "../src/map/drawing";
import type { Ground } from "../src/map/ground";
import "../src/map/texts";
import { i18n } from "../src/text/i18n";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const map = { doubleClickZoom: { disable: () => undefined, enable: () => undefined } } as unknown as Ground;

test("a half drawn stretch, and one whose form is open, are not reloaded away", () => {
  const box = document.body.appendChild(document.createElement("div"));
  const root = createRoot(box);
  act(() => root.render(<I18nProvider i18n={i18n}><DrawBar map={map} /><CloseStreet drawing={() => undefined} /></I18nProvider>));
  act(() => sketch.set(begin("line")));
  expect(halfTyped()).toBe(false);
  act(() => sketch.set(withPoint(sketch.get()!, { lat: 10.77, lon: 106.7 })));
  expect(halfTyped()).toBe(true);
  act(() => sketch.set({ ...sketch.get()!, done: true }));
  expect(box.querySelector("form.close-street")).not.toBeNull();
  expect(halfTyped()).toBe(true);
  act(() => sketch.set(null));
  expect(halfTyped()).toBe(false);
  act(() => root.unmount());
  box.remove();
});
