/** The alarm that comes first: the crew that has called longest and that nobody has taken. */
import { store } from "../live";
import type { CrewAlarmRow } from "../wire/rows";

export function topAlarm(rows: CrewAlarmRow[] = store.all("crew_alarms")): CrewAlarmRow | undefined {
  return rows.filter((row) => row.status === "sounding").sort((a, b) => a.since.localeCompare(b.since))[0];
}
