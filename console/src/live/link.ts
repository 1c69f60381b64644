/** The live link: a snapshot, then a socket resumed from the last whole position, for as long as the page is open. */
import type { Store } from "../store/store";
import type { Frame, Snapshot } from "../wire/rows";
import type { Clock } from "./clock";
import type { Positions } from "./positions";
import { Roads } from "./roads";

export type LinkState = "starting" | "live" | "cut";

/** The server beats every 1.5 s. Silence longer than this is a cut line and must show. */
export const SILENCE_MS = 2800;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;

export type Outside = {
  /** Asks the server who we are; fails while it cannot be reached or the session is over. */
  check: () => Promise<unknown>;
  snapshot: () => Promise<Snapshot>;
  socket: (after: number) => WebSocket;
  /** The build of the console that the server has now. */
  build?: (told: string | null | undefined) => void;
};

export class Link {
  state: LinkState = "starting";
  /** Server time (ms) at which the line was last known good. */
  lastHeard = 0;
  /** How often a lost event forced a fresh snapshot. */
  resyncs = 0;
  private socket: WebSocket | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  /** What the last beat said of the server's place in the log. */
  private told = 0;
  private stopped = false;
  /** Since the server was last asked who sits here. */
  private wasCut = false;
  private fresh = true;
  private listeners = new Set<() => void>();

  constructor(
    private store: Store, private clock: Clock, private positions: Positions, private outside: Outside,
    private roads: Roads = new Roads(),
  ) {}

  start(): void {
    this.stopped = false;
    void this.open();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    this.drop();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tries at once instead of waiting for the next retry (after a login, or when the browser says "online"). */
  hurry(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retry);
    this.tries = 0;
    void this.open();
  }

  /** Starts again from a fresh snapshot: what ended long ago is let go. For a screen that runs for weeks. */
  renew(): void {
    if (this.state === "live") this.resync();
  }

  private async open(): Promise<void> {
    try {
      if (this.wasCut) await this.outside.check();
      if (this.stopped) return;
      if (this.fresh) await this.reload();
    } catch {
      this.lost();
      return;
    }
    if (this.stopped) return;
    if (this.socket) return;
    this.wasCut = false;
    const socket = this.outside.socket(this.store.settled);
    this.socket = socket;
    this.listen();
    socket.onmessage = (message) => this.hear(JSON.parse(String(message.data)) as Frame);
    socket.onclose = socket.onerror = () => {
      if (this.socket === socket) this.lost();
    };
  }

  private async reload(): Promise<void> {
    const snapshot = await this.outside.snapshot();
    this.store.load(snapshot);
    this.clock.hear(snapshot.now);
    this.positions.seed(snapshot.units ?? []);
    this.fresh = false;
  }

  private hear(frame: Frame): void {
    this.listen();
    switch (frame.type) {
      case "hello":
        this.clock.hear(frame.now);
        this.outside.build?.(frame.build);
        if (frame.epoch !== this.store.epoch || frame.resync) return this.resync();
        this.tries = 0;
        return this.say("live");
      case "event":
        if (this.store.event(frame.seq, frame.prev) === "lost") this.resync();
        return;
      case "rows":
        return this.store.change(frame);
      case "traffic":
        return this.roads.hear(frame);
      case "alarms":
        return this.roads.alarms.set(frame.alarms);
      case "positions":
        this.clock.hear(frame.now);
        return this.positions.hear(frame.positions);
      case "heartbeat":
        this.clock.hear(frame.now);
        // A beat may overtake events on their way, in a flood each of them does; those that the last one told of and that
        // are not here at the next never came.
        if (this.store.seq < this.told) return this.resync();
        this.store.heartbeat(frame.seq);
        this.told = frame.seq;
    }
  }

  /** Something was missed: start again from a snapshot. */
  private resync(): void {
    this.resyncs += 1;
    this.fresh = true;
    this.drop();
    // A picture that does not come is a cut line, too; the question for it goes on.
    this.silence = setTimeout(() => this.say("cut"), SILENCE_MS);
    void this.open();
  }

  private listen(): void {
    clearTimeout(this.silence);
    this.lastHeard = this.clock.now();
    this.silence = setTimeout(() => this.lost(), SILENCE_MS);
  }

  private lost(): void {
    this.drop();
    this.wasCut = true;
    if (this.stopped) return;
    this.say("cut");
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 1.7 ** this.tries);
    this.tries += 1;
    // Desks that were cut off together must not come back in the same instant.
    this.retry = setTimeout(() => void this.open(), wait * (0.7 + 0.6 * Math.random()));
  }

  private drop(): void {
    clearTimeout(this.silence);
    this.told = 0;
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onclose = socket.onerror = socket.onmessage = null;
      socket.close();
    }
  }

  private say(state: LinkState): void {
    if (this.state === state) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}
