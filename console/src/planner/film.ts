/** The moment that is looked at, and running through it: one for the map, the charts and the slider together. */
import { SPEEDS, type Speed } from "../past/reel";
import { Cell } from "../store/cell";

export type Frame = { moment: number; playing: boolean; speed: Speed };
type Clock = () => number;

/** A running film moves so often, ms; once a second for whoever asked the system for less motion. */
const STEP_MS = 100;
const CALM_MS = 1000;

export class Film {
  readonly now: Cell<Frame>;
  private timer: ReturnType<typeof setInterval> | undefined;
  private last = 0;

  /** from, to : the first and the last moment, seconds; tick : a clock that only runs forward, ms */
  constructor(readonly from: number, readonly to: number, private tick: Clock = () => performance.now(), private calm = false) {
    this.now = new Cell<Frame>({ moment: from, playing: false, speed: 60 });
  }

  seek(moment: number): void {
    this.now.change({ moment: Math.min(this.to, Math.max(this.from, moment)) });
  }

  step(seconds: number): void {
    this.seek(Math.round(this.now.get().moment) + seconds);
  }

  faster(speed: Speed): void {
    this.now.change({ speed });
  }

  /** From the beginning where it stands at the end. */
  play(): void {
    if (this.now.get().playing) return;
    if (this.now.get().moment >= this.to) this.seek(this.from);
    this.now.change({ playing: true });
    this.last = this.tick();
    this.timer = setInterval(() => this.move(), this.calm ? CALM_MS : STEP_MS);
  }

  pause(): void {
    clearInterval(this.timer);
    this.now.change({ playing: false });
  }

  private move(): void {
    const tick = this.tick();
    const { moment, speed } = this.now.get();
    this.seek(moment + ((tick - this.last) / 1000) * speed);
    this.last = tick;
    if (this.now.get().moment >= this.to) this.pause();
  }
}

export { SPEEDS, type Speed };
