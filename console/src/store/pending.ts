/** Orders that were given and are not on the record yet. Kept beside the rows: nothing looks done before it is. */
import { useSyncExternalStore } from "react";

import { store } from "../live";

export type Pending = { key: string; answeredAt: number | null };

class Waiting {
  private orders = new Map<string, Pending>();
  private keys: ReadonlySet<string> = new Set();
  private listeners = new Set<() => void>();

  constructor() {
    store.subscribe("seq", () => this.settle());
  }

  /** Runs one order under `key` (such as "send:<incident>"); a second one waits its turn by being ignored. */
  async give<T extends { seq?: number } | void>(key: string, order: () => Promise<T>): Promise<T | undefined> {
    if (this.orders.has(key)) return undefined;
    this.orders.set(key, { key, answeredAt: null });
    this.tell();
    try {
      const answer = await order();
      const seq = answer && typeof answer.seq === "number" ? answer.seq : 0;
      this.orders.set(key, { key, answeredAt: seq });
      return answer;
    } catch (error) {
      this.orders.delete(key);
      throw error;
    } finally {
      this.settle();
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  list = (): ReadonlySet<string> => this.keys;

  private settle(): void {
    for (const [key, order] of this.orders) {
      if (order.answeredAt !== null && order.answeredAt <= store.seq) this.orders.delete(key);
    }
    this.tell();
  }

  private tell(): void {
    if (this.keys.size === this.orders.size && [...this.orders.keys()].every((key) => this.keys.has(key))) return;
    this.keys = new Set(this.orders.keys());
    this.listeners.forEach((listener) => listener());
  }
}

export const waiting = new Waiting();

export function usePending(key: string): boolean {
  return useSyncExternalStore(waiting.subscribe, waiting.list).has(key);
}
