/** A page of an old build says so in one line, and loses nothing that is half typed. */
import { act, Suspense, type ComponentType, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { I18nProvider } from "@lingui/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { halfTyped, watchTyping } from "../src/build/halfTyped";
import { askBuild, hearBuild, newer } from "../src/build/newer";
import { NewVersion } from "../src/build/NewVersion";
import { nameOf } from "../src/build/plugin";
import { later } from "../src/shell/later";
import { i18n } from "../src/text/i18n";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
watchTyping();
const reload = vi.fn();
const HOUR_MS = 3_600_000;
const roots: Root[] = [];
let hours = 0;
let healthz: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.advanceTimersByTime(HOUR_MS * (hours += 1)); // time goes on from test to test, as it does for a page
  document.head.innerHTML = '<meta name="vigil-build" content="old">';
  document.body.innerHTML = "";
  newer.set(false);
  reload.mockClear();
  sessionStorage.clear();
  vi.stubGlobal("location", { ...location, reload });
  healthz = vi.fn(async () => new Response(JSON.stringify({ status: "alive", build: "new" })));
  vi.stubGlobal("fetch", healthz);
});
afterEach(async () => {
  await act(async () => { for (const root of roots.splice(0)) root.unmount(); });
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function shown(part: ReactNode): HTMLElement {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  roots.push(root);
  act(() => root.render(<I18nProvider i18n={i18n}>{part}</I18nProvider>));
  return place;
}

const press = (place: HTMLElement, words: string) =>
  act(() => [...place.querySelectorAll("button")].find((one) => one.textContent === words)!.click());

function typed(words: string, around = "<form></form>"): void {
  const place = document.body.appendChild(document.createElement("div"));
  place.innerHTML = around;
  const field = place.firstElementChild!.appendChild(document.createElement("input"));
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

test("the same build, no build and no answer say nothing", async () => {
  const place = shown(<NewVersion />);
  act(() => hearBuild("old"));
  act(() => hearBuild(null));
  healthz.mockRejectedValueOnce(new Error("no line"));
  await act(() => askBuild());
  expect(place.textContent).toBe("");
  document.head.innerHTML = ""; // while it is being written a console has no build
  act(() => hearBuild("new"));
  expect(place.textContent).toBe("");
});

test("another build says so, and goes away where the old one came back", () => {
  const place = shown(<NewVersion />);
  act(() => hearBuild("new"));
  expect(place.textContent).toContain("Có bản mới");
  expect(document.body.className).toContain("has-newer");
  press(place, "Tải lại");
  expect(reload).toHaveBeenCalledTimes(1);
  act(() => hearBuild("old"));
  expect(place.textContent).toBe("");
  expect(document.body.className).not.toContain("has-newer");
});

test("nothing reloads by itself, and with something half typed it is asked again", () => {
  const place = shown(<NewVersion />);
  typed("Bệnh nhân nằm ở");
  act(() => hearBuild("new"));
  act(() => vi.advanceTimersByTime(3_600_000));
  press(place, "Tải lại");
  expect(reload).not.toHaveBeenCalled();
  expect(place.textContent).toContain("đang nhập dở");
  press(place, "Để sau");
  expect(place.textContent).toContain("Có bản mới");
  press(place, "Tải lại");
  press(place, "Vẫn tải lại");
  expect(reload).toHaveBeenCalledTimes(1);
});

test("what comes back after a reload, an emptied field and a form that is gone are not half typed; unsaved numbers are", () => {
  typed("0903 777 888", "<section data-kept></section>");
  typed("   ");
  expect(halfTyped()).toBe(false);
  typed("Ghi chú");
  expect(halfTyped()).toBe(true);
  document.body.innerHTML = "";
  expect(halfTyped()).toBe(false);
  document.body.innerHTML = '<form data-unsaved="true"></form>';
  expect(halfTyped()).toBe(true);
});

test("a screen that nobody sits at reloads once by itself, but not under a hand that types", () => {
  shown(<NewVersion unattended />);
  typed("mật khẩu");
  act(() => hearBuild("new"));
  act(() => vi.advanceTimersByTime(600_000));
  expect(reload).not.toHaveBeenCalled();
  document.querySelector("form")!.remove();
  act(() => vi.advanceTimersByTime(60_000));
  expect(reload).toHaveBeenCalledTimes(1);
  document.body.innerHTML = "";
  shown(<NewVersion unattended />); // the old page came again
  act(() => vi.advanceTimersByTime(600_000));
  expect(reload).toHaveBeenCalledTimes(1);
  document.head.innerHTML = '<meta name="vigil-build" content="next">';
  document.body.innerHTML = "";
  shown(<NewVersion unattended />); // weeks later
  act(() => vi.advanceTimersByTime(60_000));
  expect(reload).toHaveBeenCalledTimes(2);
});

test("a part that is gone makes the page ask; it does not ask in a storm", async () => {
  const Part = later((): Promise<ComponentType> => Promise.reject(new Error("404")));
  await act(async () => { shown(<PartInPlace part={Part} />); await vi.advanceTimersByTimeAsync(10_000); });
  expect(healthz.mock.calls.filter(([address]) => address === "/healthz")).toHaveLength(1);
  expect(newer.get()).toBe(true);
});

function PartInPlace({ part: Part }: { part: ComponentType }) {
  return <Suspense><Part /></Suspense>;
}

test("a build is named by what is in it, in any order", () => {
  const file = (fileName: string) => ({ [fileName]: { type: "chunk" as const, fileName } });
  const one = nameOf({ ...file("assets/a-1.js"), ...file("assets/b-2.js"), ...file("index.html") });
  expect(nameOf({ ...file("assets/b-2.js"), ...file("assets/a-1.js") })).toBe(one);
  expect(nameOf({ ...file("assets/a-1.js"), ...file("assets/b-3.js") })).not.toBe(one);
});
