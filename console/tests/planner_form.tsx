/** What tests of the planner's page begin with: its words, what may be chosen, and a box to draw it in. */
import { I18nProvider } from "@lingui/react";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, vi } from "vitest";

import { planner as en } from "../src/text/planner.en";
import { planner } from "../src/text/planner.vi";
import { addTexts, i18n, speak, type Tell } from "../src/text/i18n";
import type { Choices } from "../src/wire/simulations";

addTexts({ vi: planner, en });
export const t: Tell = (key, values) => i18n._(key, values);

const courses = [{ name: "dry", label: { vi: "Khô", en: "Dry" } }, { name: "wet", label: { vi: "Ngập", en: "Wet" } }];
export const aScenario = { name: "flood", title: { vi: "Ngập", en: "Flood" }, question: { vi: "Ngập thì sao?", en: "What of a flood?" }, explains: { vi: "Nước.", en: "Water." }, days: 3, replications: 12, seed: 7, courses };

export const aChoice: Choices = {
  policies: ["closest", "dmexclp", "rules"].map((name) => ({ name })), move_ups: ["home", "dmexclp", "mended"], scenarios: [aScenario],
  models: [{ name: "edmonton", title: "Edmonton" }], stations: [{ id: "tt", name: "Trung Tâm", units: ["C1"] }],
  hospitals: [{ id: "bv-a", name: "BV A" }, { id: "bv-b", name: "BV B" }], kinds: ["van"],
  demand: true, recorded: { first: "2026-10-01", last: "2026-11-23" }, now: true, may_start: true,
  limits: { rivals: 6, replications: 200, hours: 336, hours_now: 4, days: 14, simulated_hours: 40_000, waiting: 5, kept: 30, replayed: 20 },
};

export let box: HTMLElement;
let root: Root;

/** Once a file: each of its tests has an empty box, and leaves nothing behind. */
export function withABox(): void {
  beforeEach(() => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    box = document.createElement("div");
    document.body.append(box);
    root = createRoot(box);
  });
  afterEach(async () => {
    await act(async () => root.unmount());
    box.remove();
    await speak("vi");
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

export const draw = (page: ReactNode) => act(async () => root.render(<I18nProvider i18n={i18n}>{page}</I18nProvider>));
export const press = (selector: string) => act(async () => { box.querySelector<HTMLElement>(selector)!.click(); });

/** In the first field of this name. */
export async function choose(label: keyof typeof planner, value: string): Promise<void> {
  const found = [...box.querySelectorAll("label")].find((one) => one.textContent === planner[label])!;
  const field = document.getElementById(found.htmlFor) as HTMLSelectElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")!.set!.call(field, value);
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
  });
}
