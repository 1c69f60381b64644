/** Who is on the way here, so that the ward can get ready. */
import { useRows } from "../live";
import { useSecond } from "../live/ticker";
import { span } from "../text/format";
import { known, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";

export function InboundList({ row }: { row: HospitalRow }) {
  const { t } = useText();
  const incidents = useRows("incidents");
  const now = useSecond();
  return (
    <section className="inbound" aria-label={t("inbound.title")}>
      <h2>{t("inbound.title")} <small>{row.inbound.length}</small></h2>
      {row.inbound.length === 0 && <p className="faint">{t("inbound.none")}</p>}
      <ul>
        {row.inbound.map((one) => {
          const incident = incidents.find((other) => other.id === one.incident_id);
          const run = incident?.runs.find((other) => other.run_id === one.run_id);
          const eta = run?.eta_at ? Date.parse(run.eta_at) / 1000 - now : null;
          return (
            <li key={one.run_id}>
              <b className="callsign">{one.callsign}</b>
              {incident && <span className={`badge ${incident.priority}`}>{incident.priority}</span>}
              <span className="grow">{incident?.complaint ?? `#${one.incident_number}`}
                {one.bed_kind && <small> · {known(t, "bed", one.bed_kind)}</small>}</span>
              {run && <span className="faint">{known(t, "run", run.status)}</span>}
              {eta !== null && eta > 0 && <span className="timer">{t("inbound.eta", { time: span(eta) })}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
