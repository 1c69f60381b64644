/** The selected incident: its facts, its runs, its record. */
import { useRow } from "../live";
import { PatientsLine } from "../patients/PatientsLine";
import { PriorityBadge } from "../queue/PriorityBadge";
import { Before } from "../intake/Before";
import { assess } from "../intake/draft";
import { atDesk, reads, session } from "../shell/session";
import { useCell } from "../store/cell";
import { pair, timeOfDay } from "../text/format";
import { bedName, known, useText } from "../text/i18n";
import "../text/openedTexts";
import { AutoDispatch } from "./AutoDispatch";
import { EmptyIncident } from "./EmptyIncident";
import { GoTo } from "./GoTo";
import { IncidentActions } from "./IncidentActions";
import { showPoint } from "./moves";
import { Runs } from "./Runs";
import { Timeline } from "./Timeline";

export function IncidentPanel({ id }: { id: string | null }) {
  const { t, say, language } = useText();
  const { city, me } = useCell(session);
  const incident = useRow("incidents", id);
  if (!incident) return <EmptyIncident />;
  const needs = [...incident.needs.capabilities.map((one) => known(t, "capability", one)), incident.needs.bed_kind && bedName(city!.bed_kinds, incident.needs.bed_kind, language, t)];
  const title = incident.determinant_title ? say(incident.determinant_title) : null;
  return (
    <section className="panel incident" aria-label={t("incident.title")}>
      <header className="panel-head">
        <h2>{t("incident.title")} #{incident.number}</h2>
        {incident.alarm_level > 1 && <b className="alarm-badge">▲ {t("plan.alarm", { level: incident.alarm_level })}</b>}
        <span className="head-fact">{known(t, "incident", incident.status)}</span>
      </header>
      <div className="incident-body">
        <div className="incident-left scroll">
          <div className="incident-facts">
            <PriorityBadge priority={incident.priority} />
            <div>
              <p><b>{incident.complaint || title || "—"}</b></p>
              <p>{incident.address || pair(incident.position)}
                <GoTo name={`#${incident.number}`} go={() => showPoint(incident.position)} />
                {atDesk(me) && incident.call_ids[0] && !incident.closed_at && <button type="button" className="link"
                  onClick={() => assess(incident.call_ids[0]!)}>{t("incident.ask_on")}</button>}</p>
              {incident.caller_words.filter((one) => one.address && one.address !== incident.address).map((one) => (
                <p key={one.call_id} className="faint">{t("incident.said", { words: one.address! })}</p>))}
              {incident.danger && <p className="hot"><span aria-hidden="true">■ </span>{incident.danger}</p>}
              {incident.auto_dispatch && <AutoDispatch auto={incident.auto_dispatch} />}
              {incident.safety_call && <p className="faint">{t("clinic.found", {
                time: timeOfDay(incident.safety_call.at, city!.timezone, false), finding: known(t, "finding", incident.safety_call.finding) })}
                {incident.safety_call.note && ` “${incident.safety_call.note}”`}</p>}
              <p className="faint">
                {[title, t("incident.patients", { count: incident.patients }),
                  t("incident.calls", { count: incident.call_ids.length }),
                  needs.filter(Boolean).length > 0 && t("incident.needs", { list: needs.filter(Boolean).join(", ") })]
                  .filter(Boolean).join(" · ")}
              </p>
            </div>
          </div>
          <PatientsLine incident={incident} />
          <Runs incident={incident.id} />
          {atDesk(me) && <Before key={`b${incident.id}`} at={incident.position} except={incident.id} />}
          {atDesk(me) && <IncidentActions key={incident.id} incident={incident} />}
        </div>
        {reads(me) && <Timeline key={`t${incident.id}`} id={incident.id} />}
      </div>
    </section>
  );
}
