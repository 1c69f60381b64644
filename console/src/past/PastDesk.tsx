/** The whole board as it was known at a moment of the past: to look at, never to act on. */
import { en, vi } from "virtual:texts/oversight";
import { Suspense, useEffect } from "react";

import { HospitalStrip } from "../boards/HospitalStrip";
import { EmptyIncident } from "../boards/EmptyIncident";
import { UnitBoard } from "../boards/UnitBoard";
import { Pages } from "../oversight/Pages";
import { nextIncident } from "../queue/next";
import { Queue } from "../queue/Queue";
import { Sheets } from "../patients/Sheets";
import { LanguageButton } from "../shell/LanguageButton";
import { later, whenShown } from "../shell/later";
import { noMapAsked } from "../shell/noMap";
import { Login } from "../shell/Login";
import { SignOut } from "../shell/SignOut";
import { takeKeys } from "../shell/keys";
import { selection } from "../shell/selection";
import { session } from "../shell/session";
import { useTall } from "../shell/tall";
import { useSeq } from "../live";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { addTexts, useText } from "../text/i18n";
import { reel } from "./theReel";
import { TimeBar } from "./TimeBar";

addTexts({ vi, en });
const MapPanel = noMapAsked
  ? whenShown(() => import("../map/NoMap").then((part) => part.NoMap))
  : whenShown(() => import("../map/MapPanel").then((part) => part.MapPanel));
const IncidentPanel = later(() => import("../boards/IncidentPanel").then((part) => part.IncidentPanel));

export function PastDesk() {
  const { t } = useText();
  const { state, me, city } = useCell(session);
  const { incident } = useCell(selection);
  const { at } = useCell(reel.scene);
  useEffect(() => takeKeys({ F3: () => nextIncident(1), "shift+F3": () => nextIncident(-1) }), []);
  useEffect(() => { document.title = `${t("past.mark")} · ${t("title.page")}`; }, [t]);
  const bars = useTall("--standing"); // the mark never leaves: all of it stays
  const open = state === "open" && city !== null;
  useEffect(() => { if (open) reel.seek(reel.scene.get().wanted); }, [open]);

  if (!me || !city) {
    if (state === "over") return <Login title={t("title.past")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  return (
    <>
      <div className="desk past" inert={state === "over"}>
        <div className="bars" ref={bars}>
          <PastMark at={at} timezone={city.timezone} />
          <TimeBar />
        </div>
        {at === null ? <main className="starting" role="status">{t("past.loading")}</main> : (
          <main className="work">
            <div className="column left"><Queue /></div>
            <div className="column middle"><Suspense fallback={<section className="panel map" />}><MapPanel /></Suspense>
              {incident ? <Suspense fallback={<EmptyIncident />}><IncidentPanel id={incident} /></Suspense> : <EmptyIncident />}<Sheets /></div>
            <div className="column right"><UnitBoard /></div>
          </main>)}
        {at !== null && <HospitalStrip />}
      </div>
      {state === "over" && <Login title={t("title.past")} again />}
    </>
  );
}

/** Says at every moment that this is not now. */
function PastMark({ at, timezone }: { at: number | null; timezone: string }) {
  const { t } = useText();
  const seq = useSeq();
  return (
    <header className="past-mark">
      <h1><span aria-hidden="true">◀◀ </span>{t("past.mark")}</h1>
      <p>{t("past.only_look")} {at !== null && <b>{timeOfDay(at, timezone)}</b>} {at !== null && <small>{seq > 0 ? t("past.seq", { seq }) : t("past.before")}</small>}</p>
      <Pages here="past" /><LanguageButton /><SignOut />
      <a className="past-back" href="/">{t("past.back")}</a>
    </header>
  );
}
