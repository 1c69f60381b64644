/** Orders given from the line: what each says, and what became of it. Done only when the record says so. */
import { store } from "../live";
import { Cell } from "../store/cell";
import { waiting } from "../store/pending";
import { Refusal, Unreachable } from "../wire/send";
import { giveBack } from "./line";
import type { Order } from "./orders";

export type Next = { callsign: string };
export type Sent = {
  id: number;
  what: string;
  state: "sending" | "done" | "failed" | "unsent" | "busy";
  seq: number;
  began: number;
  ended: number;
  /** The server's sentence, and who had it before, where it was refused. */
  why: string;
  taken: { by: string; since: string } | null;
  next: Next | null;
  /** Whether the order stands in the line again. */
  back: boolean;
};

export const sent = new Cell<Sent[]>([]);
const KEPT = 6;
let count = 0;

function change(id: number, part: Partial<Sent>): void {
  sent.set(sent.get().map((one) => (one.id === id ? { ...one, ...part } : one)));
}

type Given = { what: string; sign: string; text: string; orders: Order[]; instead: (next: Next, taken: string) => string };

/** Whoever asks for the same later than this means it anew. */
const LOST_MS = 5 * 60_000;
let lost: { sign: string; orders: Order[]; until: number }[] = [];

/** The very orders that got no answer, where the same is asked for again: it may have been stored, and must not be twice. */
export function unanswered(sign: string): Order[] | null {
  const held = lost.find((one) => one.sign === sign && one.until > performance.now())?.orders;
  // What the record has was heard: said once more it is another order.
  return held && !held.some((order) => order.stands?.()) ? held : null;
}

/** Orders about the same thing took the place of those that were lost before; a no is an answer, a server in trouble gave none. */
function keepLost(sign: string, orders: Order[], ended: PromiseSettledResult<unknown>[]): void {
  const about = new Set(orders.map(({ key }) => key));
  lost = lost.filter((one) => !one.orders.some(({ key }) => about.has(key)));
  const unknown = ended.some((one) => one.status === "rejected"
    && (one.reason instanceof Unreachable || (one.reason instanceof Refusal && one.reason.status >= 500)));
  if (unknown) lost.push({ sign, orders, until: performance.now() + LOST_MS });
}

/** Gives all of them at once; the first trouble is told, with the line to mend. True when all were carried out. */
export async function give({ what, sign, text, orders, instead }: Given): Promise<boolean> {
  const id = ++count;
  const fresh: Sent = {
    id, what, state: "sending", seq: 0, began: performance.now(), ended: 0, why: "", taken: null, next: null, back: false,
  };
  sent.set([...sent.get().slice(1 - KEPT), fresh]);
  const ended = await Promise.allSettled(orders.map(({ key, give: order }) => waiting.give(key, order)));
  keepLost(sign, orders, ended);
  const bad = ended.find((one) => one.status === "rejected");
  if (bad) {
    const { reason } = bad as PromiseRejectedResult;
    if (reason instanceof Refusal) {
      const next = (reason.facts.next ?? null) as Next | null;
      const { by, since, callsign } = reason.facts as { by?: string; since?: string; callsign?: string };
      const taken = by && since ? { by, since } : null;
      change(id, { state: "failed", why: reason.message, taken, next, back: giveBack(next ? instead(next, callsign ?? "") : text) });
    } else if (reason instanceof Unreachable) {
      change(id, { state: "unsent", back: giveBack(text) });
    } else throw reason;
    return false;
  }
  const answers = ended.map((one) => (one as PromiseFulfilledResult<{ seq?: number } | undefined>).value);
  if (answers.some((one) => one === undefined)) {
    change(id, { state: "busy", back: giveBack(text) });
    return false;
  }
  const seq = Math.max(0, ...answers.map((one) => one?.seq ?? 0));
  await onRecord(seq);
  change(id, { state: "done", seq, ended: performance.now() });
  return true;
}

/** Until this window has taken in the event itself. */
function onRecord(seq: number): Promise<void> {
  if (store.seq >= seq) return Promise.resolve();
  return new Promise((done) => {
    const leave = store.subscribe("seq", () => {
      if (store.seq < seq) return;
      leave();
      done();
    });
  });
}
