/** A form whose answer was lost: said otherwise it is another order, and none that the server must refuse. */
import { I18nProvider } from "@lingui/react";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";

import { IncidentActions } from "../src/boards/IncidentActions";
import { MessageForm } from "../src/boards/Messages";
import { Declare } from "../src/patients/Declare";
import { i18n } from "../src/text/i18n";
import { Unreachable } from "../src/wire/send";
import type { IncidentRow } from "../src/wire/rows";

const { order } = vi.hoisted(() => ({ order: vi.fn() }));
vi.mock("../src/wire/field", async (real) => ({ ...(await real<object>()), writeTo: order }));
vi.mock("../src/wire/care", async (real) => ({ ...(await real<object>()), enterPatients: order }));
vi.mock("../src/wire/api", async (real) => ({ ...(await real<object>()), addNote: order, setAlarmLevel: async () => ({ seq: 0 }) }));

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const INCIDENT = { id: "i", number: 1, patients: 0, alarm_level: 1, priority: "P1", closed_at: null, status: "open", runs: [] } as unknown as IncidentRow;
let root: Root;
afterEach(() => { act(() => root.unmount()); order.mockReset(); document.body.innerHTML = ""; });

async function say(place: HTMLElement, words: string): Promise<void> {
  const field = place.querySelector<HTMLInputElement>("form input")!;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, words);
  act(() => { field.dispatchEvent(new Event("input", { bubbles: true })); });
  await act(async () => { place.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })); });
}

test.each<[string, ReactNode, [string, string]]>([
  ["a note", <IncidentActions incident={INCIDENT} />, ["cửa sau", "cửa sau, lầu 3"]],
  ["a message", <MessageForm callsign="C1" done={() => undefined} />, ["gọi về", "gọi về ngay"]],
  ["a declaration", <Declare incident={INCIDENT} />, ["20", "25"]],
])("%s", async (_name, form, [first, second]) => {
  order.mockRejectedValue(new Unreachable("no answer"));
  const place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  act(() => root.render(<I18nProvider i18n={i18n}>{form}</I18nProvider>));
  for (const words of [first, first, second]) await say(place, words);
  const ids = order.mock.calls.map((given) => given[1] as string);
  expect(ids).toHaveLength(3);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
