/**
 * Answers on their way to the server, one request at a time for each call. Newer answers of a card take the place of
 * older ones, also of those that are being sent on a bad line; what the older ones led to is heard no more.
 */
import { clock } from "../live/clock";
import type { Triaged } from "../wire/answers";
import * as api from "../wire/api";

type Said = { protocol: string; answers: Record<string, string>; at: string };
type Told = { heard: (outcome: Triaged | null) => void; failed: (error: unknown) => void };
type Order = Said & Told & { stop: AbortController };

export class Answering {
  private lines = new Map<string, Order[]>(); // by call; the first of each is on its way
  private last = new Map<string, number>();

  constructor(private send: typeof api.triage = api.triage, private now: () => number = () => clock.now()) {}

  /** What the answers led to; null where newer ones of the same card took their place meanwhile. */
  tell(call: string, protocol: string, answers: Record<string, string>): Promise<Triaged | null> {
    return new Promise((heard, failed) => {
      const line = this.lines.get(call) ?? [];
      const order: Order = { protocol, answers, at: this.moment(call), heard, failed, stop: new AbortController() };
      const kept = line.filter((one) => one.protocol !== protocol);
      line.filter((one) => one.protocol === protocol).forEach((one) => { one.stop.abort(); one.heard(null); });
      const free = kept[0] === undefined || kept[0] !== line[0];
      this.lines.set(call, [...kept, order]);
      if (free) void this.next(call);
    });
  }

  private async next(call: string): Promise<void> {
    const order = this.lines.get(call)?.[0];
    if (!order) return;
    const { protocol, answers, at, stop } = order;
    try {
      order.heard(await this.send(call, { protocol, answers, at }, stop.signal));
    } catch (error) {
      order.failed(error);
    }
    if (stop.signal.aborted) return; // another one goes already
    this.lines.set(call, (this.lines.get(call) ?? []).filter((one) => one !== order));
    void this.next(call);
  }

  /** Later than the one before, also where the server's time was learnt anew in between: the server goes by it. */
  private moment(call: string): string {
    const at = Math.max(this.now(), (this.last.get(call) ?? 0) + 1);
    this.last.set(call, at);
    return new Date(at).toISOString();
  }
}

export const answering = new Answering();
