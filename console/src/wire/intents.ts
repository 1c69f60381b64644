/**
 * One key for one intent. As long as nobody knows whether an order was heard, the same button pressed again says the very
 * same: with its key, and with the time of the first press. For orders that bring no key of their own.
 */
import { freshId } from "./ids";

/** Who comes back to a button after this long means a new order, ms. */
const MEANT_MS = 120_000;
/** Orders whose `at` is only the moment of the press; elsewhere, as in a correction, it is what is ordered. */
const PRESSED_AT = /\/(milestones|duty)$/;
/** Never kept, however short. */
const SECRET = /"(password|code|secret)"/;

type Intent = { name: string; path: string; key: string; body: string; at: number };

export class Intents {
  private open: Intent[] = [];

  constructor(private now: () => number = () => performance.now()) {}

  /** The key and the body under which this order goes out. */
  of(method: string, path: string, body: string): { key: string; body: string } {
    if (SECRET.test(body)) return { key: freshId(), body };
    this.open = this.open.filter((one) => this.now() - one.at < MEANT_MS);
    const name = `${method} ${path} ${meant(path, body)}`;
    const held = this.open.find((one) => one.name === name);
    if (held) return held;
    const intent = { name, path, key: freshId(), body, at: this.now() };
    this.open.push(intent);
    return intent;
  }

  /** It was answered, whatever the answer: what was said before about the same thing is over, too. */
  answered(key: string | null): void {
    const path = this.open.find((one) => one.key === key)?.path;
    if (path !== undefined) this.open = this.open.filter((one) => one.path !== path);
  }
}

function meant(path: string, body: string): string {
  const where = path.split("?")[0]!;
  if (!PRESSED_AT.test(where) || body === "") return body;
  return JSON.stringify({ ...(JSON.parse(body) as object), at: null });
}
