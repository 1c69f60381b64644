/** The dispatcher's screen: intake and queue, map and incident, advice and units, hospitals below. */
import { Suspense, useEffect } from "react";

import { EmptyIncident } from "../boards/EmptyIncident";
import { HospitalStrip } from "../boards/HospitalStrip";
import { UnitBoard } from "../boards/UnitBoard";
import { Intake } from "../intake/Intake";
import { nextIncident } from "../queue/next";
import { Sheets } from "../patients/Sheets";
import { Queue } from "../queue/Queue";
import { useCell } from "../store/cell";
import { known, useText } from "../text/i18n";
import { CommandLine } from "./CommandLine";
import { Countdown } from "./Countdown";
import { CutBar, DemoBanner, Header } from "./Header";
import { takeKeys, takeNewCall } from "./keys";
import { Alarms } from "../alarms/Alarms";
import { Soon } from "./Soon";
import { later, whenShown } from "./later";
import { looks } from "./looks";
import { MapPanel } from "./mapPart";
import { selection } from "./selection";
import { atDesk, session } from "./session";
import { useTall } from "./tall";
import { joinWindows, thisWindow } from "./windows";

const Login = later(() => import("./Login").then((part) => part.Login));
const Recommendation = later(() => import("../recommend/Recommendation").then((part) => part.Recommendation));
const IncidentPanel = later(() => import("../boards/IncidentPanel").then((part) => part.IncidentPanel));
const Drill = whenShown(() => import("../gate/Drill").then((part) => part.Drill));
const SessionEnds = later(() => import("../gate/SessionEnds").then((part) => part.SessionEnds));
const AreaBoard = later(() => import("../boards/AreaBoard").then((part) => part.AreaBoard));
const OpenSheet = later(() => import("../boards/OpenSheet").then((part) => part.OpenSheet));
const Popout = whenShown(() => import("./Popout").then((part) => part.Popout));
const Clinic = later(() => import("../clinic/Clinic").then((part) => part.Clinic));

const popout = thisWindow();

export function Console() {
  const { t } = useText();
  const { state, me, city } = useCell(session);
  const { incident } = useCell(selection);
  const { map } = useCell(looks);
  const user = me?.username;
  useEffect(() => {
    if (!user) return;
    return joinWindows(user);
  }, [user]);
  useEffect(() => takeKeys({ F2: takeNewCall, F3: () => nextIncident(1), "shift+F3": () => nextIncident(-1) }), []);
  useEffect(() => { if (!popout) document.title = t("title.page"); }, [t]);
  useEffect(() => { if (incident) bringUp(); }, [incident]);
  const ward = me?.role === "hospital";
  useEffect(() => { if (ward) location.replace("/hospital"); }, [ward]);
  const bars = useTall("--bars"), standing = useTall("--standing");

  if (!me || !city || ward) {
    if (state === "over") return <Suspense fallback={null}><Login title={t("title.console")} /></Suspense>;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  const works = atDesk(me);
  if (popout) {
    return (
      <>
        <Suspense fallback={<main className="starting" role="status">{t("link.starting")}</main>}><Popout name={popout} /></Suspense>
        {state === "over" && <Suspense fallback={null}><Login title={t("title.console")} again /></Suspense>}
      </>
    );
  }
  return (
    <>
      <div className={`desk ${city.demo ? "has-demo" : ""}`} inert={state === "over"}>
        <div className="bars" ref={bars}>
          {city.demo && <DemoBanner />}
          <Soon><SessionEnds title={t("title.console")} /></Soon>
          <Header />
          <div className="standing" ref={standing}>
            {city.drill && <Suspense><Drill mayEnd={works} /></Suspense>}
            <p className="calm-line"><span aria-hidden="true">● </span>{t("alarms.none")}</p>
            <CutBar />
            <Alarms />
            {works && <Countdown />}
          </div>
        </div>
        <main className="work">
          <div className="column left">{works ? <Intake /> : me.role === "clinician" ? <Suspense><Clinic /></Suspense> : <Reader role={me.role} />}<Queue /></div>
          <div className={`column middle ${map ? "" : "boards"}`}>
            {map ? <Suspense fallback={<section className="panel map" />}><MapPanel /></Suspense> : <Suspense fallback={<section className="panel areas" />}><AreaBoard /></Suspense>}
            {incident ? <Suspense fallback={<EmptyIncident />}><IncidentPanel id={incident} /></Suspense> : <EmptyIncident />}<Sheets /></div>
          <div className="column right">
            {works && (incident
              ? <Suspense fallback={<section className="panel recommendation" />}><Recommendation key={incident} id={incident} /></Suspense>
              : <section className="panel recommendation" aria-label={t("advice.title")}>
                  <header className="panel-head"><h2>{t("advice.title")}</h2></header>
                  <p className="nothing">{t("advice.none")}</p>
                </section>)}
            <UnitBoard />
          </div>
        </main>
        <HospitalStrip />
        {works && <CommandLine />}
      </div>
      <Soon><OpenSheet /></Soon>
      {state === "over" && <Suspense fallback={null}><Login title={t("title.console")} again /></Suspense>}
    </>
  );
}

/** So long the lines of an advice come in; the page does not hold what lies below them in its place meanwhile. */
const COMES_MS = 3_000;
let held: ReturnType<typeof setTimeout>;

/** On a screen of one column what was chosen lies out of sight: the advice comes up, or for readers the incident. */
function bringUp(): void {
  if (!matchMedia("(max-width: 1000px)").matches) return;
  const panel = document.querySelector(".recommendation") ?? document.querySelector(".incident");
  const page = document.documentElement.style;
  page.setProperty("overflow-anchor", "none");
  clearTimeout(held);
  held = setTimeout(() => page.removeProperty("overflow-anchor"), COMES_MS);
  panel?.scrollIntoView({ block: "start" });
}

/** Stands where a desk takes calls, for those who only read here. */
function Reader({ role }: { role: string }) {
  const { t } = useText();
  const crew = role === "crew";
  return (
    <section className="panel reader" aria-label={known(t, "role", role)}>
      <p className="nothing">{t(crew ? "reader.crew" : "reader.planner")}{" "}
        <a className="look-back" href={crew ? "/crew" : "/planner"}>{t(crew ? "reader.to_crew" : "reader.to_planner")}</a></p>
    </section>
  );
}
