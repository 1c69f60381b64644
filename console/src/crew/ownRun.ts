/** Whose phone this is, what that unit is on, and what it was on last. */
import { useMemo } from "react";

import { isOver } from "../boards/milestones";
import { useRow, useRows } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import type { IncidentRow, RunRow, UnitRow } from "../wire/rows";

export function useOwn(): { callsign: string; unit: UnitRow | undefined; run: RunRow | undefined; last: RunRow | undefined } {
  const callsign = useCell(session).me?.callsign ?? "";
  const units = useRows("units");
  const unit = units.find((row) => row.callsign === callsign);
  const runs = useRows("runs");
  const own = useMemo(() => runs.filter((row) => row.callsign === callsign)
    .sort((a, b) => ended(b).localeCompare(ended(a))), [runs, callsign]);
  const open = own.filter((row) => !isOver(row.milestones));
  // The unit's own row says which; where it came earlier than the run's, the newest open one it is.
  const run = open.find((row) => row.id === unit?.run_id) ?? open[0];
  return { callsign, unit, run, last: own.find((row) => isOver(row.milestones)) };
}

function ended(row: RunRow): string {
  const end = isOver(row.milestones);
  return new Date(row.milestones[end ?? "assigned"] ?? 0).toISOString();
}

export function useIncident(run: RunRow | undefined): IncidentRow | undefined {
  return useRow("incidents", run?.incident_id);
}
