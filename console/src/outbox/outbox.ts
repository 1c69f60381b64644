/**
 * Orders that wait for the line. Each is kept on the disk before the screen says that it was tapped, goes out in the
 * order of the taps under a key of its own, and leaves only when the server answered: sent twice it counts once.
 */
import { Cell } from "../store/cell";
import { Refusal } from "../wire/send";
import type { Shelf } from "./shelf";

export type Kept<T> = {
  /** The order's own key: the server knows by it whether it heard the order before. */
  id: string;
  /** Whose tap it was; another account on this phone does not send it. */
  by: string;
  /** Server time of the tap, ISO. */
  tapped: string;
  /** The place in line; a call for help stands before all others. */
  place: number;
  urgent: boolean;
  order: T;
  /** The server's sentence, where it said no: kept until somebody has read it. */
  refused: string | null;
};

/** Answered by the server, and not on the screen yet. */
export type Answered<T> = { kept: Kept<T>; seq: number };

/** delivered : how many the server took since the page was opened */
export type Held<T> = { waiting: Kept<T>[]; refused: Kept<T>[]; answered: Answered<T>[]; delivered: number };

export type Outside<T> = {
  send: (kept: Kept<T>) => Promise<{ seq?: number } | void>;
  /** Who is signed in; null while nobody is known. */
  who: () => string | null;
  pause: (ms: number) => Promise<void>;
};

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 8_000;
/** After so many faults of the server over one order the others are not held up by it. */
const FAULTS = 4;
const ONE_AT_A_TIME = "vigil.outbox";

export class Outbox<T> {
  readonly held = new Cell<Held<T>>({ waiting: [], refused: [], answered: [], delivered: 0 });
  private lastPlace = 0;
  private shown = 0;
  private running = false;
  private again = false;
  private wake: (() => void) | null = null;

  constructor(private shelf: Shelf<Kept<T>>, private outside: Outside<T>) {}

  /** Reads what was left when the page was last closed, and begins to send it. */
  async open(): Promise<void> {
    await this.read();
    this.hurry();
  }

  /** Resolves when the order is on the disk. Rejects where the disk takes nothing: then nothing was tapped. */
  async add(order: T, about: { id: string; by: string; tapped: string; urgent?: boolean }): Promise<void> {
    // Later taps stand behind earlier ones even where the clock was set back between them.
    const place = (this.lastPlace = Math.max(this.lastPlace + 1, Date.parse(about.tapped)));
    await this.shelf.put({ ...about, urgent: about.urgent ?? false, place, order, refused: null });
    await this.read();
    this.hurry();
  }

  /** Somebody has read why it was refused. */
  async dismiss(id: string): Promise<void> {
    await this.shelf.drop([id]);
    await this.read();
  }

  /** The screen shows everything up to this place in the log. */
  reached(seq: number): void {
    this.shown = seq;
    const { answered } = this.held.get();
    const left = answered.filter((one) => one.seq > seq);
    if (left.length < answered.length) this.held.change({ answered: left });
  }

  /** Tries at once instead of after the pause: the line is back, or somebody signed in. */
  hurry(): void {
    this.again = true;
    this.wake?.();
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      do await alone(() => this.sendAll()); while (this.again); // tapped just as the last one went
    } finally {
      this.running = false;
    }
  }

  private async sendAll(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let stuck: string | null = null;
    let times = 0;
    for (;;) {
      this.again = false;
      await this.read(); // another window may have sent some meanwhile
      const next = this.held.get().waiting[0];
      if (!next) {
        if (this.again) continue;
        return;
      }
      const came = await this.sendOne(next);
      times = came === "fault" ? (stuck === next.id ? times + 1 : 1) : 0;
      stuck = next.id;
      if (times >= FAULTS && (await this.othersGo(next))) times = 0;
      if (came === "settled") pause = FIRST_PAUSE_MS;
      else {
        await Promise.race([this.outside.pause(pause), new Promise<void>((done) => { this.wake = done; })]);
        this.wake = null;
        pause = Math.min(LAST_PAUSE_MS, pause * 1.7);
      }
    }
  }

  /**
   * Where the server answers, and fails over this one order alone: those behind it go out meanwhile, and it is tried
   * again after them. One that goes through proves it; where none does, the server itself is in trouble, and order stays.
   */
  private async othersGo(kept: Kept<T>): Promise<boolean> {
    const behind = this.held.get().waiting.filter((one) => one.id !== kept.id);
    for (const one of behind) if ((await this.sendOne(one)) !== "settled") return false;
    return behind.length > 0;
  }

  /** All but "settled" leave open whether the server heard it: it is sent again, under the same key. */
  private async sendOne(kept: Kept<T>): Promise<"settled" | "open" | "fault"> {
    try {
      const answer = await this.outside.send(kept);
      await this.shelf.drop([kept.id]);
      const seq = answer && typeof answer.seq === "number" ? answer.seq : 0;
      this.held.change({ delivered: this.held.get().delivered + 1 });
      // The rows may have come before the answer did.
      if (seq > this.shown) this.held.change({ answered: [...this.held.get().answered, { kept, seq }] });
      return "settled";
    } catch (error) {
      // A session that ended, a server in trouble, too many at once: nothing was judged yet.
      if (!(error instanceof Refusal) || error.status === 401 || error.status === 429 || error.status > 500) return "open";
      if (error.status === 500) return "fault"; // others of them tell of the server, or the way to it, not of this order
      await this.shelf.put({ ...kept, refused: error.message });
      return "settled";
    }
  }

  private async read(): Promise<void> {
    const who = this.outside.who();
    const all = await this.shelf.all();
    this.lastPlace = Math.max(this.lastPlace, ...all.map((one) => one.place));
    const own = all.filter((one) => one.by === who).sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.place - b.place);
    const gone = new Set(this.held.get().answered.map((one) => one.kept.id));
    this.held.change({
      waiting: own.filter((one) => one.refused === null && !gone.has(one.id)), refused: own.filter((one) => one.refused !== null),
    });
  }
}

/** One window of this phone sends at a time, so that the order of the taps is kept. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (typeof navigator === "undefined" || !navigator.locks) return work();
  await navigator.locks.request(ONE_AT_A_TIME, work);
}
