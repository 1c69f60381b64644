/** A closed incident has no advice: nothing is asked for it, and nothing can be sent. */
import { I18nProvider } from "@lingui/react";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { store } from "../src/live";
import { Recommendation } from "../src/recommend/Recommendation";
import { i18n } from "../src/text/i18n";
import * as api from "../src/wire/api";
import type { Snapshot } from "../src/wire/rows";
import { anIncident, NOON } from "./samples";

let root: Root;
let box: HTMLElement;
const asked = vi.spyOn(api, "recommendation");

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  asked.mockReset().mockReturnValue(new Promise(() => {}));
  box = document.createElement("div");
  root = createRoot(box);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

async function shown(part: Parameters<typeof anIncident>[1]) {
  store.load({ seq: 1, epoch: "e", incidents: [anIncident(7, part)] } as unknown as Snapshot);
  await act(async () => root.render(<I18nProvider i18n={i18n}><Recommendation id="i7" /></I18nProvider>));
  return box;
}

test.each(["closed", "merged"] as const)("nobody can be sent to an incident that is %s", async (status) => {
  const page = await shown({ status, closed_at: NOON, merged_into: status === "merged" ? { id: "i9", number: 9 } : null });
  expect(page.querySelectorAll("button, input")).toHaveLength(0);
  expect(page.textContent).toContain(i18n._(`advice.${status}`));
  expect(asked).not.toHaveBeenCalled();
});

test("to an open one somebody can", async () => {
  const page = await shown({});
  expect(page.querySelectorAll("button")).not.toHaveLength(0);
  expect(asked).toHaveBeenCalledWith("i7");
});
