/** The supervisor's page: the shift and its choices, by which policy units are chosen, figures. */
import { en, vi } from "virtual:texts/oversight";
import { useEffect, useSyncExternalStore } from "react";

import { AlarmLine } from "../alarms/AlarmLine";
import { CutBar, DemoBanner, LinkLamp } from "../shell/Header";
import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { Login } from "../shell/Login";
import { atDesk, leave, session } from "../shell/session";
import { useTrouble, Notice } from "../shell/Notice";
import { useCell } from "../store/cell";
import { addTexts, known, useText, type Key } from "../text/i18n";
import { FiguresTab } from "./FiguresTab";
import { Pages } from "./Pages";
import { PolicyTab } from "./PolicyTab";
import { ShiftTab } from "./ShiftTab";

addTexts({ vi, en });

const TABS = ["shift", "policy", "figures"] as const;
type Tab = (typeof TABS)[number];

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

function useTab(open: readonly Tab[]): Tab {
  const hash = useSyncExternalStore(subscribe, () => location.hash.slice(1));
  return open.find((tab) => tab === hash) ?? open[0]!;
}

export function Supervisor() {
  const { t, say } = useText();
  const { state, me, city } = useCell(session);
  const { trouble, attempt } = useTrouble();
  const works = atDesk(me);
  // Who sent whom, and why, is for the desk; a planner reads the figures and the policies.
  const open = works ? TABS : TABS.filter((tab) => tab !== "shift");
  const tab = useTab(open);
  useEffect(() => { document.title = t("title.supervisor"); }, [t]);
  if (!me || !city) {
    if (state === "over") return <Login title={t("title.supervisor")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  const may = works || me.role === "planner";
  return (
    <>
      <div className="oversight" inert={state === "over"}>
        {city.demo && <DemoBanner />}
        <header className="oversight-head">
          <h1><b className="service">{city.emergency_number}</b> {t("title.supervisor")} <small>{say(city.name)}</small></h1>
          <span className="fact">{me.username} · {known(t, "role", me.role)}</span>
          <Pages here="supervisor" /><LinkLamp /><ThemeButton /><LanguageButton />
          <button type="button" className="quiet" onClick={() => attempt(leave)}>{t("logout")}</button>
          <Notice trouble={trouble} />
        </header>
        <CutBar />
        {works && <AlarmLine />}
        {!may ? <main><p className="nothing">{t("wall.no_access")}</p></main> : (
          <>
            <nav className="tabs" aria-label={t("title.supervisor")}>
              {open.map((one) => <a key={one} href={`#${one}`} aria-current={one === tab ? "page" : undefined}>{t(`${one}.tab` as Key)}</a>)}
            </nav>
            <main className="oversight-main">
              {tab === "shift" && <ShiftTab />}{tab === "policy" && <PolicyTab />}{tab === "figures" && <FiguresTab />}
            </main>
          </>)}
      </div>
      {state === "over" && <Login title={t("title.supervisor")} again />}
    </>
  );
}
