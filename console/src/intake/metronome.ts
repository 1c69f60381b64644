/** Clicks for chest compressions, laid out ahead on the clock of the sound card: a busy page keeps the beat. */

const AHEAD_S = 1.5;
const LOOK_MS = 400;
const CLICK_S = 0.04;
const PITCH_HZ = 1_000;

export class Metronome {
  private sound: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private next = 0;

  /** bpm : beats a minute. Must be called from a click or a key, or the browser keeps it silent. */
  start(bpm: number): void {
    this.stop();
    const sound = new AudioContext();
    this.sound = sound;
    this.next = sound.currentTime + 0.1;
    const lay = () => {
      while (this.next < sound.currentTime + AHEAD_S) {
        this.click(sound, this.next);
        this.next += 60 / bpm;
      }
    };
    lay();
    this.timer = setInterval(lay, LOOK_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    void this.sound?.close();
    this.sound = null;
  }

  private click(sound: AudioContext, at: number): void {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    tone.frequency.value = PITCH_HZ;
    loudness.gain.setValueAtTime(0.4, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + CLICK_S);
    tone.connect(loudness).connect(sound.destination);
    tone.start(at);
    tone.stop(at + CLICK_S);
  }
}
