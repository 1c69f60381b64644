/** Sends one pair of a batch: with the hospital the advice names, and a reason where the advice had another first. */
import { i18n } from "../text/i18n";
import { waiting } from "../store/pending";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import type { Pair } from "../wire/mending";
import { Refusal, Unreachable } from "../wire/send";
import { OneOrder } from "./oneOrder";
import { stands } from "./onRecord";
import { carries, followsAdvice } from "./order";

/** Null when it went, else why not, in words. A pair that is tried again keeps its id: it never goes twice. */
export async function sendPair(pair: Pair, because: string): Promise<string | null> {
  try {
    const advice = await api.recommendation(pair.incident_id);
    const unit = advice.units.find((one) => one.unit_id === pair.unit_id);
    const place = carries(unit) ? advice.hospitals[0] : undefined;
    const what = {
      unit_id: pair.unit_id, hospital_id: place?.hospital_id, bed_kind: place?.bed_kind ?? undefined, preempt: false, confirm_place: false,
      ...(unit && followsAdvice(unit, advice) ? {} : { override_reason: because }),
    };
    const build = () => ({ run_id: freshId(), decision_id: advice.decision_id, ...what });
    const give = () => orderOf(pair).give(JSON.stringify(what), build, (order) => api.sendUnit(pair.incident_id, order));
    await waiting.give(`send:${pair.incident_id}`, give);
    orders.delete(nameOf(pair));
    return null;
  } catch (error) {
    if (error instanceof Unreachable) return i18n._("error.unreachable");
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}

type Order = Parameters<typeof api.sendUnit>[1];
const orders = new Map<string, OneOrder<Order>>();

function nameOf(pair: Pair): string {
  return `${pair.incident_id}/${pair.unit_id}`;
}

function orderOf(pair: Pair): OneOrder<Order> {
  const held = orders.get(nameOf(pair)) ?? new OneOrder<Order>(stands);
  orders.set(nameOf(pair), held);
  return held;
}
