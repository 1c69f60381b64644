/** Who is on the way here, so that the ward can get ready. */
import { useRows } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { bedName, known, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";

export function InboundList({ row }: { row: HospitalRow }) {
  const { t, language } = useText();
  const city = useCell(session).city!;
  const runs = useRows("runs");
  return (
    <section className="inbound" aria-label={t("inbound.title")}>
      <h2>{t("inbound.title")} <small>{row.inbound.length}</small></h2>
      {row.inbound.length === 0 && <p className="faint">{t("inbound.none")}</p>}
      <ul>
        {row.inbound.map((one) => {
          const run = runs.find((other) => other.id === one.run_id);
          return (
            <li key={one.run_id}>
              <b className="callsign">{one.callsign}</b>
              <span>#{one.incident_number}</span>
              <b>{one.bed_kind && bedName(city.bed_kinds, one.bed_kind, language, t)}</b>
              <span className="grow">{one.arrived ? t("run.at_hospital") : run && known(t, "run", run.status)}</span>
              {one.hold_until && !one.arrived && (
                <span className="faint">{t("inbound.held", { time: timeOfDay(one.hold_until, city.timezone, false) })}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
