/** Two tones, again and again, while a crew calls for help and nobody has taken it. */
import { useEffect } from "react";

const AGAIN_MS = 2_500;
const TONES = [{ hz: 880, at: 0 }, { hz: 660, at: 0.22 }];
const TONE_S = 0.18;

function sound(context: AudioContext): void {
  for (const { hz, at } of TONES) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    const begin = context.currentTime + at;
    tone.frequency.value = hz;
    loudness.gain.setValueAtTime(0.3, begin);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + TONE_S);
    tone.connect(loudness).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + TONE_S);
  }
}

/** A browser keeps a page silent that nobody has touched yet: the red line stands there in any case. */
export function useSiren(sounding: boolean): void {
  useEffect(() => {
    if (!sounding || typeof AudioContext === "undefined") return;
    const context = new AudioContext();
    sound(context);
    const timer = setInterval(() => sound(context), AGAIN_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [sounding]);
}
