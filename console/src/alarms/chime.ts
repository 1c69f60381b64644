/** Three short notes, once for each alarm: told, not nagged. */
import { useEffect, useRef } from "react";

import { lay, openSound } from "../shell/sound";
import type { Standing } from "./ranked";

const NOTES = [660, 880, 990];
const NOTE = { seconds: 0.14, loudness: 0.25 };
const APART_S = 0.16;
const OVER_MS = 1_500;

/** What three notes tell of: each alarm in red, and whoever supervises hears of each that went up to them. */
export function toTell(now: Standing[], supervises: boolean): string[] {
  const sounding = now.filter((one) => one.sounding);
  const up = supervises ? sounding.filter((one) => one.escalatedAt !== null) : [];
  return [...up.map((one) => `up ${one.key}`), ...sounding.filter((one) => one.level === "red" && !one.crew).map((one) => one.key)];
}

/** `keys` name what is to be told now. Each name is told once as long as the page is open; those that come together, in one. */
export function useChime(keys: readonly string[]): void {
  const told = useRef(new Set<string>());
  const last = useRef<() => void>(() => undefined);
  useEffect(() => () => last.current(), []);
  useEffect(() => {
    const fresh = keys.filter((key) => !told.current.has(key));
    if (fresh.length === 0) return;
    fresh.forEach((key) => told.current.add(key));
    last.current(); // one sound at a time
    last.current = chime();
  });
}

/** Plays the notes; gives what ends them. */
function chime(): () => void {
  const card = openSound();
  if (!card) return () => undefined;
  NOTES.forEach((hz, index) => lay(card, { ...NOTE, hz }, card.currentTime + index * APART_S));
  const end = () => {
    clearTimeout(timer);
    if (card.state !== "closed") void card.close();
  };
  const timer = setTimeout(end, OVER_MS);
  return end;
}
