/** A mark that was clicked, or chosen from the list, is what the desk looks at. */
import { store } from "../live";
import { selectIncident, selection } from "../shell/selection";
import type { Mark } from "./marks";

export function choose(mark: Mark): void {
  if (mark.kind === "incident") return selectIncident(mark.id);
  if (mark.kind === "hospital") return selection.change({ hospital: mark.id });
  if (mark.kind !== "unit") return;
  selection.change({ unit: mark.id });
  const unit = store.one("units", mark.id);
  if (unit?.incident_id) selectIncident(unit.incident_id);
}
