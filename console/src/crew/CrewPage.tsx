/** The crew's phone: what to do next, where, with whom, and where to take them. Works on where there is no line. */
import { lazy, Suspense, useEffect, useState } from "react";

import { Login } from "../shell/Login";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";
import { useAwake } from "./awake";
import { CrewHead } from "./CrewHead";
import { DangerStrip } from "./DangerStrip";
import { Idle } from "./Idle";
import { Job } from "./Job";
import { Messages } from "./Messages";
import { NextStep } from "./NextStep";
import { useIncident, useOwn } from "./ownRun";
import { useNoticesCleared } from "./notices";
import { Sos, SosState } from "./Sos";
import { Unsent } from "./Unsent";
import { useNews } from "./useNews";
import { Welfare } from "./Welfare";
import { useWhereabouts } from "./WhereaboutsLine";

const Road = lazy(() => import("./Road").then((part) => ({ default: part.Road })));
const Casualties = lazy(() => import("./Casualties").then((part) => ({ default: part.Casualties })));
const Hospitals = lazy(() => import("./Hospitals").then((part) => ({ default: part.Hospitals })));

const PARTS = ["job", "road", "patients", "hospital"] as const;
type Part = (typeof PARTS)[number];

export function CrewPage() {
  const { t } = useText();
  const { state, me, city } = useCell(session);
  useEffect(() => { document.title = t("crew.install"); }, [t]);
  // A phone on which nobody is signed in sends no call for help: the number must be there.
  const number = city?.emergency_number;
  const call = number && <a className="login-call" href={`tel:${number}`}>{t("crew.sos.call", { number })}</a>;
  if (!me || !city) {
    if (state === "over") return <Login title={t("crew.title")} below={call} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  return (
    <>
      <div className="phone" inert={state === "over"}>
        {city.demo && <div className="demo-banner" role="note">{t("demo.banner")}</div>}
        {me.callsign ? <Phone /> : <NotACrew who={me.username} />}
      </div>
      {state === "over" && <Login title={t("crew.title")} again below={call} />}
    </>
  );
}

function Phone() {
  const { t } = useText();
  const { callsign, unit, run, last } = useOwn();
  const incident = useIncident(run);
  const [part, setPart] = useState<Part>("job");
  const onDuty = unit?.duty === "on_duty";
  useAwake(onDuty);
  useWhereabouts(callsign, onDuty);
  useNews(run, incident);
  useNoticesCleared();
  const shown = run ? part : "job";
  return (
    <>
      <CrewHead callsign={callsign} unit={unit} />
      <main className="phone-body" aria-label={t("crew.title")}>
        <SosState callsign={callsign} />
        <Unsent />
        {incident?.danger && <DangerStrip danger={incident.danger} short={shown !== "job"} />}
        <Messages callsign={callsign} run={run} />
        {run && <Welfare run={run} />}
        <Suspense fallback={<p className="faint" role="status">{t("crew.loading")}</p>}>
          {!run && <Idle unit={unit} last={last} />}
          {run && shown === "job" && <Job run={run} incident={incident} />}
          {run && shown === "road" && <Road run={run} incident={incident} unit={unit} />}
          {run && shown === "patients" && <Casualties run={run} />}
          {run && shown === "hospital" && <Hospitals run={run} incident={incident} />}
        </Suspense>
      </main>
      <footer className="phone-foot">
        <div className="act-row">
          <Sos callsign={callsign} />
          {run && <NextStep key={run.id} run={run} part={shown} />}
        </div>
        {run && (
          <nav className="parts" aria-label={t("crew.parts")}>
            {PARTS.map((one) => (
              <button key={one} type="button" aria-current={one === shown ? "page" : undefined} onClick={() => setPart(one)}>
                {t(`crew.part.${one}` as Key)}
              </button>
            ))}
          </nav>
        )}
      </footer>
    </>
  );
}

function NotACrew({ who }: { who: string }) {
  const { t } = useText();
  return (
    <main className="phone-body">
      <section className="sheet-of-paper">
        <p>{t("crew.not_crew", { who })}</p>
        <a className="big-link" href="/">{t("crew.to_desk")}</a>
      </section>
    </main>
  );
}
