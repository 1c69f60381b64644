/** Every alarm of the last half day: who took it up, and what went up to the supervisor. */
import { useMemo } from "react";

import { wordsOf } from "../alarms/useAlarms";
import { useRows } from "../live";
import { known, useText } from "../text/i18n";

const MOST = 60;

export function AlarmTable({ when }: { when: (at: string) => string }) {
  const { t, say } = useText();
  const crews = useRows("crew_alarms");
  const desks = useRows("desk_alarms");
  useRows("incidents"); // their numbers and addresses
  const rows = useMemo(() => [
    ...crews.map((crew) => ({ key: crew.id, at: crew.since, alarm: { crew }, row: crew })),
    ...desks.map((desk) => ({ key: desk.id, at: desk.raised_at, alarm: { desk }, row: desk })),
  ].sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST), [crews, desks]);
  return (
    <section className="card wide" aria-label={t("shift.alarms")}>
      <div className="card-head"><h2>{t("shift.alarms")}</h2></div>
      {rows.length === 0 ? <p className="nothing">{t("shift.alarms_none")}</p> : (
        <div className="table-box" tabIndex={0} role="group" aria-label={t("shift.alarms")}>
          <table><thead><tr>{(["raised", "alarm", "state", "taken_by", "escalated"] as const).map((one) => <th key={one} scope="col">{t(`shift.${one}`)}</th>)}</tr></thead>
            <tbody>{rows.map(({ key, at, alarm, row }) => (
              <tr key={key}><td>{when(at)}</td><td>{wordsOf(alarm, t, say)}</td><td>{known(t, "alarm_state", row.status)}</td>
                <td>{row.acknowledged_by ?? "–"}</td><td>{row.escalated_at ? when(row.escalated_at) : "–"}</td></tr>))}</tbody></table>
        </div>)}
    </section>
  );
}
