/** The rows this window holds. Everything on screen is derived from here; only the live feed writes here. */
import type { Frame, Snapshot, Tables } from "../wire/rows";

export type Table = keyof Tables;
export const TABLES: Table[] = ["units", "incidents", "hospitals", "calls", "runs", "traffic", "callbacks", "crew_alarms", "desk_alarms", "messages", "patients", "transfers"];
type RowsFrame = Extract<Frame, { type: "rows" }>;

export class Store {
  /** The log position of the newest event taken in. */
  seq = 0;
  /** The position up to which the rows are known to be whole; a reconnect resumes from here. */
  settled = 0;
  epoch = "";
  /** Desks get every event in order. Other accounts get rows alone, and their place in the log with them. */
  eventful = true;
  private rows: { [K in Table]: Map<string, Tables[K]> } = empty();
  private lists: { [K in Table]?: Tables[K][] } = {};
  private listeners = new Map<Table | "seq", Set<() => void>>();
  private dirty = new Set<Table | "seq">();
  private scheduled = false;

  constructor(private later: (work: () => void) => void = nextFrame) {}

  /** Forgets everything and starts from a snapshot. */
  load(snapshot: Snapshot): void {
    this.rows = empty();
    for (const table of TABLES) this.put(table, snapshot[table] ?? []);
    this.seq = this.settled = snapshot.seq;
    this.epoch = snapshot.epoch;
    for (const table of TABLES) this.touch(table);
    this.touch("seq");
  }

  /**
   * Takes note of one event; between prev and seq there is none, for the numbers may have holes.
   * "lost" means that events before it never came: load a snapshot again.
   */
  event(seq: number, prev: number): "taken" | "old" | "lost" {
    if (seq <= this.seq) return "old";
    if (prev > this.seq) return "lost";
    this.seq = seq;
    this.touch("seq");
    return "taken";
  }

  /** Replaces whole rows by id. A row older than the one held is dropped, so late frames do no harm. */
  change(frame: RowsFrame): void {
    for (const table of TABLES) {
      const changed = frame.rows[table];
      if (changed && changed.length > 0 && this.put(table, changed as never[])) this.touch(table);
    }
    if (!this.eventful) this.reach(frame.seq);
    this.settled = Math.max(this.settled, Math.min(frame.seq, this.seq));
  }

  /** A heartbeat at our own position says that no rows are outstanding. False: the server is ahead of us. */
  heartbeat(seq: number): boolean {
    if (!this.eventful) this.reach(seq);
    if (seq > this.seq) return false;
    this.settled = this.seq;
    return true;
  }

  all<K extends Table>(table: K): Tables[K][] {
    return (this.lists[table] ??= [...this.rows[table].values()] as never) as Tables[K][];
  }

  one<K extends Table>(table: K, id: string | null | undefined): Tables[K] | undefined {
    return id ? this.rows[table].get(id) : undefined;
  }

  subscribe(topic: Table | "seq", listener: () => void): () => void {
    const group = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, group.add(listener));
    return () => group.delete(listener);
  }

  private reach(seq: number): void {
    if (seq <= this.seq) return;
    this.seq = seq;
    this.touch("seq");
  }

  private put<K extends Table>(table: K, changed: Tables[K][]): boolean {
    let any = false;
    for (const row of changed) {
      const held = this.rows[table].get(row.id);
      if (held && held.seq > row.seq) continue;
      this.rows[table].set(row.id, row);
      any = true;
    }
    return any;
  }

  private touch(topic: Table | "seq"): void {
    if (topic !== "seq") delete this.lists[topic];
    this.dirty.add(topic);
    if (this.scheduled) return;
    this.scheduled = true;
    this.later(() => this.tell());
  }

  private tell(): void {
    this.scheduled = false;
    const topics = [...this.dirty];
    this.dirty.clear();
    for (const topic of topics) this.listeners.get(topic)?.forEach((listener) => listener());
  }
}

function empty(): { [K in Table]: Map<string, Tables[K]> } {
  return {
    units: new Map(), incidents: new Map(), hospitals: new Map(), calls: new Map(), runs: new Map(), traffic: new Map(),
    callbacks: new Map(), crew_alarms: new Map(), desk_alarms: new Map(), messages: new Map(),
    patients: new Map(), transfers: new Map(),
  };
}

/** Frames in one burst are painted together; a hidden window has no frames and must not wait for one. */
function nextFrame(work: () => void): void {
  if (document.hidden) queueMicrotask(work);
  else requestAnimationFrame(work);
}
