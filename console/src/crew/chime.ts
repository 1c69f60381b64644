/** A sound and a buzz for what must not be missed: an offer, a danger, an order that was called off. */

export type Chime = "offer" | "danger" | "news";

const TONES: Record<Chime, number[]> = { offer: [660, 880, 660, 880], danger: [990, 990, 990], news: [660, 520] };
const TONE_S = 0.16;
const GAP_S = 0.06;
const BUZZ: Record<Chime, number[]> = { offer: [300, 120, 300, 120, 300], danger: [600, 150, 600], news: [200] };

let context: AudioContext | null = null;

export function chime(kind: Chime): void {
  navigator.vibrate?.(BUZZ[kind]);
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  void context.resume().catch(() => undefined);
  TONES[kind].forEach((hz, place) => sound(context!, hz, context!.currentTime + place * (TONE_S + GAP_S)));
}

function sound(on: AudioContext, hz: number, begin: number): void {
  const tone = on.createOscillator();
  const loudness = on.createGain();
  tone.frequency.value = hz;
  loudness.gain.setValueAtTime(0.4, begin);
  loudness.gain.exponentialRampToValueAtTime(0.001, begin + TONE_S);
  tone.connect(loudness).connect(on.destination);
  tone.start(begin);
  tone.stop(begin + TONE_S);
}
