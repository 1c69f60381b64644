/** Two tones, again and again, while a crew calls for help and nobody has taken it. */
import { useEffect } from "react";

import { lay, openSound } from "./sound";

const AGAIN_MS = 2_500;
const HIGH = { hz: 880, seconds: 0.18, loudness: 0.3 };
const LOW = { ...HIGH, hz: 660 };
const GAP_S = 0.22;

function sound(card: AudioContext): void {
  lay(card, HIGH, card.currentTime);
  lay(card, LOW, card.currentTime + GAP_S);
}

/** A browser keeps a page silent that nobody has touched yet: the red line stands there in any case. */
export function useSiren(sounding: boolean): void {
  useEffect(() => {
    const card = sounding ? openSound() : null;
    if (!card) return;
    sound(card);
    const timer = setInterval(() => sound(card), AGAIN_MS);
    return () => {
      clearInterval(timer);
      void card.close();
    };
  }, [sounding]);
}
