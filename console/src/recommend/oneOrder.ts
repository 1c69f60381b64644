/** An order that may be given twice: as long as nobody knows whether it was heard, a second press says the very same. */
import { Refusal } from "../wire/send";

export class OneOrder<T> {
  private open: { about: string; order: T } | null = null;

  /**
   * `about` : what somebody sees and presses for. The same again, its answer lost, is the order as it was built; anything
   * else is another order. `build` mints its ids.
   */
  async give<A>(about: string, build: () => T, send: (order: T) => Promise<A>): Promise<A> {
    if (this.open?.about !== about) this.open = { about, order: build() };
    try {
      const answer = await send(this.open.order);
      this.open = null;
      return answer;
    } catch (error) {
      // A no is an answer; a server in trouble may have stored it all the same.
      if (error instanceof Refusal && error.status < 500) this.open = null;
      throw error;
    }
  }
}
