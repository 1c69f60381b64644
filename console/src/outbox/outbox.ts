/**
 * Orders that wait for the line. Each is kept on the disk before the screen says that it was tapped, goes out in the
 * order of the taps under a key of its own, and leaves only when the server answered: sent twice it counts once.
 * A call for help waits for nothing: neither for the disk, nor for another window of this phone, nor for those before it.
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
  /** Refused as it was: nothing goes along any more but what nobody can refuse. */
  bare?: boolean;
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
/** Longer than any disk takes that works. */
const DISK_MS = 3_000;
/** After so many faults of the server over one order the others are not held up by it. */
const FAULTS = 4;
/** The server's name for the refusal of a time that has not come. */
const TOO_EARLY = "urn:vigil:FromTheFuture";
const ONE_AT_A_TIME = "vigil.outbox";

export class Outbox<T> {
  readonly held = new Cell<Held<T>>({ waiting: [], refused: [], answered: [], delivered: 0 });
  /** What was last read of the disk; where it cannot be read, that still counts. */
  private known: Kept<T>[] = [];
  /** What this page knows better than the disk: what it did not take, by id. */
  private unkept = new Map<string, Kept<T>>();
  /** Settled, whether or not the disk has let go of it. */
  private over = new Set<string>();
  /** Calls for help on their way; each resolves when the server has said anything to it. */
  private crying = new Map<string, Promise<void>>();
  /** When it was tapped by the timer of this page, which no change of the phone's clock moves, by id. */
  private taps = new Map<string, number>();
  /** The newest time that was set right, ms: later taps stay later. */
  private setRight = 0;
  private lastPlace = 0;
  private shown = 0;
  private running = false;
  private again = false;
  private wakes = new Set<() => void>();

  constructor(private shelf: Shelf<Kept<T>>, private outside: Outside<T>) {}

  /** Reads what was left when the page was last closed, and begins to send it. */
  async open(): Promise<void> {
    await this.read();
    this.hurry();
  }

  /**
   * Resolves when the order is on the disk; a call for help at once, and it goes out whatever the disk does. Rejects where
   * the disk takes nothing: then nothing was tapped.
   */
  async add(order: T, about: { id: string; by: string; tapped: string; urgent?: boolean }): Promise<void> {
    // Later taps stand behind earlier ones even where the clock was set back between them.
    const place = (this.lastPlace = Math.max(this.lastPlace + 1, Date.parse(about.tapped)));
    const kept: Kept<T> = { ...about, urgent: about.urgent ?? false, place, order, refused: null };
    this.taps.set(kept.id, performance.now());
    if (kept.urgent) return this.cryOut(kept);
    await patiently(this.shelf.put(kept));
    await this.read();
    this.hurry();
  }

  /** The browser took the disk away, with all that lay on it: what this page knows is put back. */
  async keepAgain(): Promise<void> {
    const lost = this.known.filter((one) => !this.over.has(one.id));
    await Promise.all(lost.map((one) => this.keep(one)));
    await this.read();
  }

  /** Somebody has read why it was refused. */
  async dismiss(id: string): Promise<void> {
    await this.settle(id);
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
    this.wakes.forEach((wake) => wake());
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
      await Promise.all(this.crying.values());
      const next = this.held.get().waiting.find((one) => !this.crying.has(one.id));
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
        await this.rest(pause);
        pause = longer(pause);
      }
    }
  }

  private async rest(ms: number): Promise<void> {
    let wake = () => undefined as void;
    await Promise.race([this.outside.pause(ms), new Promise<void>((done) => this.wakes.add((wake = done)))]);
    this.wakes.delete(wake);
  }

  /** Sent by the window it was tapped in, at once; another one may send it too, under the same key. */
  private cryOut(kept: Kept<T>): void {
    this.unkept.set(kept.id, kept);
    this.show();
    let answered = () => undefined as void;
    this.crying.set(kept.id, new Promise((done) => { answered = done; }));
    void this.keep(kept);
    void (async () => {
      for (let pause = FIRST_PAUSE_MS; ; pause = longer(pause)) {
        const came = await this.sendOne(kept);
        if (came !== "open") answered(); // what a server fails over holds up nothing else
        if (came === "settled") break;
        kept = this.unkept.get(kept.id) ?? this.known.find((one) => one.id === kept.id) ?? kept;
        await this.rest(pause);
      }
      this.crying.delete(kept.id);
      this.show();
      this.hurry();
    })();
  }

  /**
   * Where the server answers, and fails over this one order alone: those behind it go out meanwhile, and it is tried
   * again after them. One that goes through proves it; where none does, the server itself is in trouble, and order stays.
   */
  private async othersGo(kept: Kept<T>): Promise<boolean> {
    const behind = this.held.get().waiting.filter((one) => one.id !== kept.id && !this.crying.has(one.id));
    for (const one of behind) if ((await this.sendOne(one)) !== "settled") return false;
    return behind.length > 0;
  }

  /** All but "settled" leave open whether the server heard it: it is sent again, under the same key. */
  private async sendOne(kept: Kept<T>): Promise<"settled" | "open" | "fault"> {
    try {
      const answer = await this.outside.send(kept);
      await this.settle(kept.id);
      const seq = answer && typeof answer.seq === "number" ? answer.seq : 0;
      this.held.change({ delivered: this.held.get().delivered + 1 });
      // The rows may have come before the answer did.
      if (seq > this.shown) this.held.change({ answered: [...this.held.get().answered, { kept, seq }] });
      return "settled";
    } catch (error) {
      // A session that ended, a server in trouble, too many at once: nothing was judged yet.
      if (!(error instanceof Refusal) || error.status === 401 || error.status === 429 || error.status > 500) return "open";
      if (error.status === 500) return "fault"; // others of them tell of the server, or the way to it, not of this order
      const mended = this.mended(kept, error);
      if (mended) {
        await this.keep(mended);
        return this.sendOne(mended);
      }
      await this.keep({ ...kept, refused: error.message });
      return "settled";
    }
  }

  /**
   * What can go out again in place of what was refused; null where there is nothing. A phone whose clock was set on while
   * it had no line tells times that have not come; how long ago the tap was, this page knows all the same.
   */
  private mended(kept: Kept<T>, { facts }: Refusal): Kept<T> | null {
    if (kept.urgent) return kept.bare ? null : { ...kept, bare: true };
    const now = facts.type === TOO_EARLY ? Date.parse(String(facts.now)) : NaN;
    if (Number.isNaN(now)) return null;
    const ago = performance.now() - (this.taps.get(kept.id) ?? performance.now());
    const tapped = Math.min(now, Math.max(this.setRight, now - ago));
    if (tapped >= Date.parse(kept.tapped)) return null;
    this.setRight = tapped;
    return { ...kept, tapped: new Date(tapped).toISOString() };
  }

  /** On the disk where it takes anything; in any case in this page. */
  private async keep(kept: Kept<T>): Promise<void> {
    this.unkept.set(kept.id, kept);
    const lies = () => {
      if (this.unkept.get(kept.id) === kept) this.unkept.delete(kept.id);
      this.known = [...this.known.filter((one) => one.id !== kept.id), kept];
    };
    await patiently(this.shelf.put(kept)).then(lies, () => undefined);
  }

  private async settle(id: string): Promise<void> {
    this.over.add(id);
    this.taps.delete(id);
    this.unkept.delete(id);
    await patiently(this.shelf.drop([id])).catch(() => undefined); // it may stay there: sent again it counts once
  }

  private async read(): Promise<void> {
    this.known = await patiently(this.shelf.all()).catch(() => this.known);
    this.show();
  }

  private show(): void {
    const who = this.outside.who();
    const all = [...new Map([...this.known.map((one) => [one.id, one] as const), ...this.unkept]).values()];
    this.lastPlace = Math.max(this.lastPlace, ...all.map((one) => one.place));
    const own = all.filter((one) => one.by === who && !this.over.has(one.id))
      .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.place - b.place);
    this.held.change({ waiting: own.filter((one) => one.refused === null), refused: own.filter((one) => one.refused !== null) });
  }
}

function longer(pause: number): number {
  return Math.min(LAST_PAUSE_MS, pause * 1.7);
}

/** A disk that hangs is no disk: rejects when it took too long. */
function patiently<R>(work: Promise<R>): Promise<R> {
  return Promise.race([work, new Promise<never>((_, fail) => setTimeout(fail, DISK_MS, new Error("the disk does not answer")))]);
}

/** One window of this phone sends at a time, so that the order of the taps is kept. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (typeof navigator === "undefined" || !navigator.locks) return work();
  await navigator.locks.request(ONE_AT_A_TIME, work);
}
