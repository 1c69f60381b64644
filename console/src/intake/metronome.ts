/** Clicks for chest compressions, laid out ahead on the clock of the sound card: a busy page keeps the beat. */
import { lay, openSound } from "../shell/sound";

const AHEAD_S = 1.5;
const LOOK_MS = 400;
const CLICK = { hz: 1_000, seconds: 0.04, loudness: 0.4 };

export class Metronome {
  private sound: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private next = 0;

  /** bpm : beats a minute. Must be called from a click or a key, or the browser keeps it silent. */
  start(bpm: number): void {
    this.stop();
    const sound = this.sound = openSound();
    if (!sound) return;
    this.next = sound.currentTime + 0.1;
    const ahead = () => {
      while (this.next < sound.currentTime + AHEAD_S) {
        lay(sound, CLICK, this.next);
        this.next += 60 / bpm;
      }
    };
    ahead();
    this.timer = setInterval(ahead, LOOK_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    void this.sound?.close();
    this.sound = null;
  }
}
