/** Incidents near in space and time: perhaps somebody has called about this one already. */
import { useRows } from "../live";
import { distance } from "../text/format";
import { ago, useText } from "../text/i18n";
import { PriorityBadge } from "../queue/PriorityBadge";
import { selectIncident } from "../shell/selection";
import type { Nearby } from "../wire/answers";

type Props = { nearby: Nearby[]; join: (incident: string) => void; busy: boolean };

export function NearbyIncidents({ nearby, join, busy }: Props) {
  const { t, language } = useText();
  const incidents = useRows("incidents");
  if (nearby.length === 0) return null;
  return (
    <div className="wide nearby" role="group" aria-label={t("nearby.title")}>
      <h3><span aria-hidden="true">▲ </span>{t("nearby.title")}</h3>
      {nearby.map((near) => {
        const row = incidents.find((incident) => incident.id === near.incident_id);
        const complaint = row?.complaint ?? near.complaint;
        return (
          <div key={near.incident_id} className="nearby-row">
            {row && <PriorityBadge priority={row.priority} />}
            <button type="button" className="link" onClick={() => selectIncident(near.incident_id)}>#{near.number}</button>
            <span className="grow">{complaint}
              <small>{near.distance_m !== null && <> · {distance(near.distance_m, language)}</>} · {ago(t, near.age_s)}</small></span>
            <button type="button" disabled={busy} onClick={() => join(near.incident_id)}>{t("nearby.join")}</button>
          </div>
        );
      })}
    </div>
  );
}
