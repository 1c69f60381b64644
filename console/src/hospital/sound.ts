/** Whether this tablet sounds when an ambulance sets out for the ward or waits for its word. A ward allows it once. */
import { useEffect, useRef } from "react";

import { lay, openSound } from "../shell/sound";
import { Cell } from "../store/cell";
import type { Expected } from "../wire/answers";

const STORED = "vigil.ward.sound";
const NOTES = { coming: [660, 880], asked: [880, 660, 880, 660] };
const NOTE = { seconds: 0.18, loudness: 0.3 };
const APART_S = 0.2;
const OVER_MS = 1_500;
/** A question sounds again until somebody answered, ms. */
const AGAIN_MS = 20_000;

export type Ring = keyof typeof NOTES;

function first(): boolean {
  try {
    return localStorage.getItem(STORED) === "on";
  } catch {
    return false;
  }
}

export const sounding = new Cell<boolean>(first());

/** Turned on, it sounds once: whoever turned it on hears that the tablet is not mute. */
export function sound(on: boolean): void {
  sounding.set(on);
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // Without storage the choice lives as long as the page.
  }
  if (on) ring("coming");
}

export function ring(what: Ring): void {
  const card = sounding.get() ? openSound() : null;
  if (!card) return;
  NOTES[what].forEach((hz, index) => lay(card, { ...NOTE, hz }, card.currentTime + index * APART_S));
  setTimeout(() => void card.close().catch(() => undefined), OVER_MS);
}

export const waits = (one: Expected): boolean => !one.arrived && (one.acceptance === "asked" || one.acceptance === "unanswered");

/** Each newcomer once; a question until it is answered. What was there when the page opened is no newcomer. */
export function useWardSound(expected: ReadonlyMap<string, Expected>): void {
  const unasked = useRef(expected); // the empty board that stands before the first answer
  const known = useRef<Set<string> | null>(null);
  const answered = expected !== unasked.current;
  const coming = [...expected.values()].filter((one) => !one.arrived).map((one) => one.run_id).sort().join();
  const asked = [...expected.values()].filter(waits).map((one) => one.run_id).sort().join();
  useEffect(() => {
    if (!answered) return;
    const now = coming === "" ? [] : coming.split(",");
    const before = known.current;
    known.current = new Set([...(before ?? []), ...now]);
    if (before && now.some((one) => !before.has(one))) ring("coming");
  }, [coming, answered]);
  useEffect(() => {
    if (asked === "") return;
    ring("asked");
    const timer = setInterval(() => ring("asked"), AGAIN_MS);
    return () => clearInterval(timer);
  }, [asked]);
}
