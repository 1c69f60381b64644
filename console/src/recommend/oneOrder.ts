/** An order that may be given twice: as long as nobody knows whether it was heard, a second press says the very same. */
import { Refusal } from "../wire/send";

/** Who comes back after this long means a new order, ms. */
const MEANT_MS = 180_000;

export class OneOrder<T> {
  private open: { about: string; order: T; at: number } | null = null;

  /** `stands` : whether an order is on the record already, so that saying it once more is another one */
  constructor(private stands: (order: T) => boolean = () => false, private now: () => number = () => performance.now()) {}

  /**
   * `about` : what somebody sees and presses for. The same again, its answer lost, is the order as it was built; anything
   * else is another order. `build` mints its ids.
   */
  async give<A>(about: string, build: () => T, send: (order: T) => Promise<A>): Promise<A> {
    if (!this.open || this.open.about !== about || this.isPast(this.open)) {
      this.open = { about, order: build(), at: this.now() };
    }
    const { order } = this.open;
    try {
      const answer = await send(order);
      this.open = null;
      return answer;
    } catch (error) {
      // A no is an answer; a server in trouble may have stored it all the same.
      if (error instanceof Refusal && error.status < 500) this.open = null;
      throw error;
    }
  }

  private isPast({ order, at }: { order: T; at: number }): boolean {
    return this.now() - at > MEANT_MS || this.stands(order);
  }
}
