/** The one way this page makes a sound: short tones laid out on the clock of the sound card. */

export type Tone = {
  hz: number;
  /** How long until it has faded. */
  seconds: number;
  /** 0 to 1. */
  loudness: number;
};

/** Lays one tone at `at`, in seconds of the sound card's clock, so that a busy page keeps time. */
export function lay(sound: AudioContext, { hz, seconds, loudness }: Tone, at: number): void {
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = hz;
  volume.gain.setValueAtTime(loudness, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  tone.connect(volume).connect(sound.destination);
  tone.start(at);
  tone.stop(at + seconds);
}

/** A sound card to speak to; null in a browser that has none. A page nobody has touched yet stays silent. */
export function openSound(): AudioContext | null {
  return typeof AudioContext === "undefined" ? null : new AudioContext();
}
