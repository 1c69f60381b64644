/** Runs through the past: asks for the board at a moment, shows it when it came, and goes on at a speed. */
import { Cell } from "../store/cell";
import type { Snapshot } from "../wire/rows";

export const SPEEDS = [1, 10, 60, 300, 600] as const;
export type Speed = (typeof SPEEDS)[number];

export type Scene = {
  /** The moment the board shows, ms since 1970; null until the first came. */
  at: number | null;
  /** The moment that is asked for. */
  wanted: number;
  playing: boolean;
  speed: Speed;
  loading: boolean;
  /** Why nothing came, in words of the server; "" where no answer came at all. */
  trouble: string | null;
};

type Outside = {
  snapshot: (at: string) => Promise<Snapshot>;
  /** Puts it on the board. */
  show: (snapshot: Snapshot, at: number) => void;
  /** The server's present, ms. */
  present: () => number;
  /** A clock that only runs forward, ms. */
  tick: () => number;
};

/** So often a running reel moves, ms; each board is asked for only when the one before has come. */
const FRAME_MS = 500;

export class Reel {
  readonly scene: Cell<Scene>;
  private timer: ReturnType<typeof setInterval> | undefined;
  private last = 0;
  private busy = false;

  constructor(at: number, private outside: Outside) {
    this.scene = new Cell<Scene>({ at: null, wanted: at, playing: false, speed: 60, loading: false, trouble: null });
  }

  /** Goes there; beyond the present nothing has happened yet. */
  seek(at: number): void {
    const wanted = Math.min(Math.round(at), Math.floor(this.outside.present()));
    if (wanted !== this.scene.get().wanted || this.scene.get().at === null || this.scene.get().trouble !== null) {
      this.scene.change({ wanted });
      void this.load();
    }
  }

  step(ms: number): void {
    this.seek(this.scene.get().wanted + ms);
  }

  faster(speed: Speed): void {
    this.scene.change({ speed });
  }

  play(): void {
    if (this.scene.get().playing) return;
    this.scene.change({ playing: true });
    this.last = this.outside.tick();
    this.timer = setInterval(() => this.move(), FRAME_MS);
  }

  pause(): void {
    clearInterval(this.timer);
    this.scene.change({ playing: false });
  }

  private move(): void {
    const now = this.outside.tick();
    const passed = now - this.last;
    this.last = now;
    // A board that takes long is waited for: the reel slows down and skips nothing unseen.
    if (this.busy) return;
    const { wanted, speed } = this.scene.get();
    if (wanted + passed * speed >= this.outside.present()) this.pause();
    this.seek(wanted + passed * speed);
  }

  private async load(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.scene.change({ loading: true });
    try {
      for (;;) {
        const { wanted } = this.scene.get();
        const snapshot = await this.outside.snapshot(new Date(wanted).toISOString());
        this.outside.show(snapshot, wanted);
        this.scene.change({ at: wanted, trouble: null });
        if (this.scene.get().wanted === wanted) break; // dragged on meanwhile: the newest place counts
      }
    } catch (error) {
      this.pause();
      this.scene.change({ trouble: error instanceof Error && "status" in error ? error.message : "" });
    } finally {
      this.busy = false;
      this.scene.change({ loading: false });
    }
  }
}
