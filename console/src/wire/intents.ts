/**
 * One key for one intent. As long as nobody knows whether an order was heard, the same button pressed again says the very
 * same: with its key, and with the time of the first press. For orders that bring no key of their own.
 */
import { freshId } from "./ids";

/** Who comes back to a button after this long means a new order, ms. */
const MEANT_MS = 120_000;
/** Orders whose `at` is only the moment of the press; elsewhere, as in a correction, it is what is ordered. */
const PRESSED_AT = /\/(milestones|duty)$/;
/** Orders that undo each other: between two of the same, the other one makes the second a new order. */
const OPPOSITES = [["withdraw", "return"], ["claim", "release"], ["join", "separate"], ["merge", "unmerge"], ["milestones", "undo"]];
/** Of these the last one counts, whatever it says; others, such as notes, add up. */
const LAST_COUNTS = /^(PUT|DELETE) |\/duty$/;
/** Never kept, however short. */
const SECRET = /"(password|code|secret)"/;

type Intent = { name: string; method: string; path: string; key: string; body: string; at: number };

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
    this.open = this.open.filter((one) => !overtaken(one, method, path));
    const intent = { name, method, path, key: freshId(), body, at: this.now() };
    this.open.push(intent);
    return intent;
  }

  /** It was answered, whatever the answer: what was said before about the same thing is over, too. */
  answered(key: string | null): void {
    const path = this.open.find((one) => one.key === key)?.path;
    if (path !== undefined) this.open = this.open.filter((one) => one.path !== path);
  }
}

/** Whether what was said before is of the past as soon as this is said. */
function overtaken(before: Intent, method: string, path: string): boolean {
  const [was, is] = [before.path.split("?")[0]!, path.split("?")[0]!];
  if (was === is) return LAST_COUNTS.test(`${method} ${is}`) && LAST_COUNTS.test(`${before.method} ${was}`);
  const [of, other] = [was, is].map((one) => one.slice(0, one.lastIndexOf("/")));
  const [first, second] = [was, is].map((one) => one.slice(one.lastIndexOf("/") + 1));
  return of === other && OPPOSITES.some((pair) => pair.includes(first!) && pair.includes(second!));
}

function meant(path: string, body: string): string {
  const where = path.split("?")[0]!;
  if (!PRESSED_AT.test(where) || body === "") return body;
  return JSON.stringify({ ...(JSON.parse(body) as object), at: null });
}
