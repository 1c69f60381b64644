/** F3: the next incident of the queue, around and around. */
import { store } from "../live";
import { selectIncident, selection } from "../shell/selection";
import { inOrder } from "./order";

export function nextIncident(step: 1 | -1): void {
  const rows = inOrder(store.all("incidents"));
  if (rows.length === 0) return;
  const here = rows.findIndex((row) => row.id === selection.get().incident);
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : (here + step + rows.length) % rows.length;
  selectIncident(rows[next]!.id);
}
