/** What is known of the job: the place first, then the patient, then how far we are. */
import { Undo } from "../boards/Undo";
import { session } from "../shell/session";
import { PriorityBadge } from "../queue/PriorityBadge";
import { useCell } from "../store/cell";
import { pair, timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import type { IncidentRow, Priority, RunRow } from "../wire/rows";
import { BriefPart } from "./BriefPart";
import { course, progressOf } from "./course";
import { useOutbox } from "./errands";
import { OfferCard } from "./OfferCard";
import { Prompted } from "./Prompted";

export function Job({ run, incident }: { run: RunRow; incident: IncidentRow | undefined }) {
  return (
    <>
      <OfferCard run={run} />
      <Prompted run={run} />
      {incident && <Facts run={run} incident={incident} />}
      {incident && <BriefPart run={run} incident={incident} />}
      <Steps run={run} />
    </>
  );
}

function Facts({ run, incident }: { run: RunRow; incident: IncidentRow }) {
  const { t, say } = useText();
  const said = run.caller_words;
  const patients = incident.patients > 1 && t("incident.patients", { count: incident.patients });
  return (
    <section className="sheet-of-paper job" aria-label={`#${incident.number}`}>
      <p className="job-head"><PriorityBadge priority={incident.priority as Priority} /> <b>#{incident.number}</b>
        {incident.determinant_title && <b> {say(incident.determinant_title)}</b>}</p>
      <h2 className="address">{incident.address || t("crew.address_none", { position: pair(incident.position) })}</h2>
      {!incident.place_confirmed && <p className="doubt"><span aria-hidden="true">▲ </span>{t("crew.doubt")}</p>}
      {said?.address && said.address !== incident.address && <p><small>{t("crew.said_at")}</small> “{said.address}”</p>}
      <p className="complaint"><small>{t("crew.said")}</small> “{said?.complaint || incident.complaint}”</p>
      {patients && <p><b>{patients}</b></p>}
    </section>
  );
}

function Steps({ run }: { run: RunRow }) {
  const { t } = useText();
  const { city } = useCell(session);
  const { reached } = progressOf(run, useOutbox(), useCell(course));
  if (reached.length === 0) return null;
  return (
    <section className="sheet-of-paper" aria-label={t("crew.steps")}>
      <ol className="reached">
        {reached.map((one) => (
          <li key={one.milestone} className={one.onRecord ? "" : "not-yet"}>
            <span aria-hidden="true">{one.onRecord ? "✓" : "◌"}</span> {known(t, "milestone", one.milestone)}
            {!one.onRecord && <small> {t("crew.unsent")}</small>}
            <time>{timeOfDay(one.at, city!.timezone)}</time>
          </li>
        ))}
      </ol>
      <Undo run={run} />
    </section>
  );
}
