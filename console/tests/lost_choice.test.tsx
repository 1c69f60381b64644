/** Whom somebody chose stays chosen: once it is not offered any more that is said, and nobody goes in its place. */
import { I18nProvider } from "@lingui/react";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { store } from "../src/live";
import { Recommendation } from "../src/recommend/Recommendation";
import { session } from "../src/shell/session";
import { i18n } from "../src/text/i18n";
import type { Recommendation as Advised } from "../src/wire/answers";
import * as api from "../src/wire/api";
import type { Snapshot } from "../src/wire/rows";
import { aUnit, anIncident } from "./samples";

let root: Root;
let box: HTMLElement;
const asked = vi.spyOn(api, "recommendation");
const sent = vi.spyOn(api, "sendUnit");

const ranked = (callsign: string) => ({
  unit_id: callsign, callsign, kind: "van", eta_s: 60, distance_m: 500, free_in_s: null, parts: { travel: 60 }, reasons: [], flags: [], tier: 0,
});
const TAKEN = { unit_id: "C3", callsign: "C3", code: "busy", reason: "on another run", reason_vi: "đang làm vụ khác" };
const advice = (callsigns: string[], rejected: object[] = []) => ({
  decision_id: "d", units: callsigns.map(ranked), rejected, hospitals: [], hospitals_rejected: [], swaps: [], plan: { slots: [], shortfalls: [], complete: true },
}) as unknown as Advised;

async function desk(level: number) {
  await act(async () => {
    store.load({
      seq: level, epoch: "e", units: [aUnit("C1"), aUnit("C3")], incidents: [anIncident(7, { alarm_level: level })],
    } as unknown as Snapshot);
    await new Promise((drawn) => setTimeout(drawn, 50)); // rows are told with the next frame
  });
}

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.spyOn(api, "overrideCodes").mockResolvedValue({ owner: null, codes: [] } as unknown as Awaited<ReturnType<typeof api.overrideCodes>>);
  sent.mockReset().mockResolvedValue({} as Awaited<ReturnType<typeof api.sendUnit>>);
  asked.mockReset().mockResolvedValue(advice(["C1", "C3"]));
  session.set({ ...session.get(), city: { timezone: "Asia/Ho_Chi_Minh", bed_kinds: {}, hospitals: [] } as never });
  box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
  await desk(1);
  await act(async () => root.render(<I18nProvider i18n={i18n}><Recommendation id="i7" /></I18nProvider>));
});
afterEach(async () => {
  await act(async () => root.unmount());
  box.remove();
  vi.unstubAllGlobals();
});

const button = () => box.querySelector<HTMLButtonElement>("button.send")!;
const choose = (place: number) => act(async () => box.querySelectorAll<HTMLInputElement>("input[type=radio]")[place]!.click());

test("another desk took the chosen unit: it is said, and Send is grey until somebody chooses again", async () => {
  await choose(1);
  expect(button().textContent).toContain("C3");
  asked.mockResolvedValue(advice(["C1"], [TAKEN]));
  await desk(2);
  expect(box.querySelector(".notice")!.textContent).toContain(i18n._("advice.lost_because", { callsign: "C3", why: "đang làm vụ khác" }));
  expect(button().disabled).toBe(true);
  expect(button().textContent).not.toContain("C1");
  await act(async () => box.querySelector("form")!.requestSubmit());
  expect(sent).not.toHaveBeenCalled();
  await choose(0);
  expect(button().disabled).toBe(false);
  expect(button().textContent).toContain("C1");
  expect(box.querySelector(".notice")).toBeNull();
});

test("one that no line of the advice names is said, too", async () => {
  await choose(1);
  asked.mockResolvedValue(advice(["C1"]));
  await desk(2);
  expect(box.querySelector(".notice")!.textContent).toContain(i18n._("advice.lost", { callsign: "C3" }));
  expect(button().disabled).toBe(true);
});

test("under the mouse the first of the ranking stays the one it was", async () => {
  await act(async () => box.querySelector(".recommendation")!.dispatchEvent(new MouseEvent("pointerover", { bubbles: true })));
  asked.mockResolvedValue(advice(["C3", "C1"]));
  await desk(2);
  expect(box.querySelector(".callsign")!.textContent).toBe("C3");
  expect(button().textContent).toContain("C1");
});
