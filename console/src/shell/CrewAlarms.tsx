/** Crews that called for help, or gave no sign: on every desk until somebody has taken it and ended it. */
import { useState } from "react";

import { useRow, useRows } from "../live";
import { showUnit } from "../boards/moves";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import * as api from "../wire/api";
import type { CrewAlarmRow } from "../wire/rows";
import { Notice, useTrouble } from "./Notice";
import { session } from "./session";
import { useSiren } from "./siren";

const ENDINGS = ["safe", "helped", "police_sent", "false_alarm"] as const;

export function CrewAlarms() {
  const rows = useRows("crew_alarms").filter((row) => row.status !== "closed")
    .sort((a, b) => a.since.localeCompare(b.since));
  const { state } = useCell(session);
  // Whoever is not signed in any more is told nothing, by sound either.
  useSiren(state === "open" && rows.some((row) => row.status === "sounding"));
  return <>{rows.map((row) => <CrewAlarm key={row.id} row={row} />)}</>;
}

function CrewAlarm({ row }: { row: CrewAlarmRow }) {
  const { t } = useText();
  const { city } = useCell(session);
  const incident = useRow("incidents", row.incident_id);
  const { trouble, attempt } = useTrouble();
  const [ending, setEnding] = useState(false);
  const key = `alarm:${row.id}`;
  const sending = usePending(key);
  const give = (order: () => Promise<{ seq: number }>) => void attempt(() => waiting.give(key, order));
  return (
    <div className={`crew-alarm ${row.status}`} role="alert">
      <span className="grow"><b><span aria-hidden="true">■ </span>{known(t, "crew_alarm", row.kind)} {row.callsign}</b>
        {incident && ` · #${incident.number} ${incident.address ?? ""}`} · {timeOfDay(row.since, city!.timezone)}
        {row.note && ` · “${row.note}”`}{row.acknowledged_by && ` · ${t("crew_alarm.taken", { who: row.acknowledged_by })}`}</span>
      <button type="button" className="quiet" onClick={() => showUnit(row)}>{t("crew_alarm.where")}</button>
      {row.status === "sounding"
        ? <button type="button" disabled={sending} onClick={() => give(() => api.takeAlarm(row.id))}>{t("crew_alarm.take")}</button>
        : <button type="button" className="quiet" aria-expanded={ending} onClick={() => setEnding(!ending)}>{t("crew_alarm.end")}</button>}
      {ending && ENDINGS.map((outcome) => (
        <button key={outcome} type="button" disabled={sending} onClick={() => give(() => api.endAlarm(row.id, outcome))}>
          {known(t, "alarm_end", outcome)}
        </button>
      ))}
      <Notice trouble={trouble} />
    </div>
  );
}
