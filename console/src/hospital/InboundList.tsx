/** Who is on the way here and when, with what; so that the ward can get ready, and say whether it has room. */
import { useRows } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { bedName, known, useText } from "../text/i18n";
import type { Expected } from "../wire/answers";
import type { HospitalRow } from "../wire/rows";
import { Answer } from "./Answer";
import { PreAlert } from "./PreAlert";
import { Tagged } from "./Tagged";
import { INBOUND } from "./AskedBar";

type Inbound = HospitalRow["inbound"][number];

export function InboundList({ row, expected }: { row: HospitalRow; expected: ReadonlyMap<string, Expected> }) {
  const { t, language } = useText();
  const city = useCell(session).city!;
  const runs = useRows("runs");
  const due = (one: Inbound) => expected.get(one.run_id)?.eta_at ?? "9999";
  // Who comes next stands first; who is here already stands last, and is on nobody's way.
  const coming = row.inbound.filter((one) => !one.arrived).sort((a, b) => due(a).localeCompare(due(b)));
  const inOrder = [...coming, ...row.inbound.filter((one) => one.arrived)];
  return (
    <section className="inbound" id={INBOUND} aria-label={t("inbound.title")}>
      <h2>{t("inbound.title")} {coming.length > 0 && <small>{coming.length}</small>}</h2>
      {row.inbound.length === 0 && <p className="faint">{t("inbound.none")}</p>}
      <ul>
        {inOrder.map((one) => {
          const run = runs.find((other) => other.id === one.run_id);
          const told = expected.get(one.run_id);
          return (
            <li key={one.run_id}>
              <b className="callsign">{one.callsign}</b>
              <span>#{one.incident_number}</span>
              <b>{one.bed_kind && bedName(city.bed_kinds, one.bed_kind, language, t)}</b>
              <span className="grow">{one.arrived ? t("run.at_hospital") : run && known(t, "run", run.status)}</span>
              {told?.eta_at && !one.arrived && <b className="eta">{t("inbound.eta", { time: timeOfDay(told.eta_at, city.timezone, false) })}</b>}
              {one.hold_until && !one.arrived && (
                <span className="faint">{t("inbound.held", { time: timeOfDay(one.hold_until, city.timezone, false) })}</span>
              )}
              {told && <PreAlert one={told} />}
              {told && <Tagged patients={told.tagged} />}
              {told && <Answer one={told} hospital={row.id} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
