/** Several monitors, one desk: what is chosen in one window is chosen in all windows of this browser. */
import type { Key } from "../text/i18n";
import type { Point } from "../wire/rows";
import { goTo, picking, selection, type Selection } from "./selection";

export const WINDOWS = ["map", "units", "hospitals", "queue"] as const;
export type WindowName = (typeof WINDOWS)[number];

/** Which of the windows this page is; null for the desk itself. */
export function thisWindow(): WindowName | null {
  const name = new URLSearchParams(location.search).get("window");
  return WINDOWS.find((one) => one === name) ?? null;
}

type Told =
  | { tell: "selection"; selection: Selection }
  | { tell: "go"; point: Point }
  /** A place is wanted from whoever has a map; null when it no longer is. */
  | { tell: "pick"; say: Key | null }
  | { tell: "picked"; point: Point };

/** Joins this window with the others of the same user. Returns how to leave. */
export function joinWindows(username: string): () => void {
  const channel = new BroadcastChannel(`vigil.windows.${username}`);
  const post = (told: Told) => channel.postMessage(told);
  // What came from another window is not told again.
  let hearing = false;
  let theirs: { say: Key; take: (point: Point) => void } | null = null;

  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    hearing = true;
    try {
      hear(data);
    } finally {
      hearing = false;
    }
  };

  function hear(told: Told): void {
    if (told.tell === "selection") return selection.set({ ...told.selection });
    if (told.tell === "go") return goTo.set({ point: told.point });
    if (told.tell === "picked") {
      const ours = picking.get();
      if (!ours || ours === theirs) return;
      picking.set(null);
      return ours.take(told.point);
    }
    if (told.say === null) {
      if (picking.get() === theirs) picking.set(null);
      theirs = null;
      return;
    }
    theirs = { say: told.say, take: (point) => post({ tell: "picked", point }) };
    picking.set(theirs);
  }

  const stops = [
    selection.subscribe(() => { if (!hearing) post({ tell: "selection", selection: selection.get() }); }),
    goTo.subscribe(() => {
      const order = goTo.get();
      if (!hearing && order) post({ tell: "go", point: order.point });
    }),
    picking.subscribe(() => {
      const now = picking.get();
      if (!hearing && now !== theirs) post({ tell: "pick", say: now?.say ?? null });
    }),
  ];
  return () => {
    stops.forEach((stop) => stop());
    channel.close();
  };
}
