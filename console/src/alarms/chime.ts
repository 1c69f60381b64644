/** Three short notes, once for each alarm: told, not nagged. */
import { useEffect, useRef } from "react";

import { lay, openSound } from "../shell/sound";

const NOTES = [660, 880, 990];
const NOTE = { seconds: 0.14, loudness: 0.25 };
const APART_S = 0.16;
const OVER_MS = 1_500;

/** `key` names the alarm; null where nothing is to be told. Each name is told once as long as the page is open. */
export function useChime(key: string | null): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (key === null || told.current.has(key)) return;
    told.current.add(key);
    const card = openSound();
    if (!card) return;
    NOTES.forEach((hz, index) => lay(card, { ...NOTE, hz }, card.currentTime + index * APART_S));
    const timer = setTimeout(() => void card.close(), OVER_MS);
    return () => {
      clearTimeout(timer);
      if (card.state !== "closed") void card.close();
    };
  }, [key]);
}
