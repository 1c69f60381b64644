/** Whether an order to send is on the record: it was heard, though its answer may have been lost. */
import { store } from "../live";

export function stands(order: { run_id?: string; runs?: { run_id?: string }[] }): boolean {
  const ids = [order.run_id, ...(order.runs ?? []).map((run) => run.run_id)];
  return ids.some((id) => id !== undefined && store.one("runs", id) !== undefined);
}
