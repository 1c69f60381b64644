/** The administrator's page: who may sign in and who is, which devices report, links of hospitals, and the record. */
import { en, vi } from "virtual:texts/admin";
import { en as oversightEn, vi as oversightVi } from "virtual:texts/oversight";
import { useEffect, useSyncExternalStore, type ComponentType } from "react";

import "../hospital/words";
import { HospitalLinks } from "../hospital/HospitalLinks";
import { Pages } from "../oversight/Pages";
import { CutBar, DemoBanner, LinkLamp } from "../shell/Header";
import { LanguageButton } from "../shell/LanguageButton";
import { Login } from "../shell/Login";
import { Notice, useTrouble } from "../shell/Notice";
import { leave, session } from "../shell/session";
import { ThemeButton } from "../shell/ThemeButton";
import { useCell } from "../store/cell";
import { addTexts, known, useText, type Key } from "../text/i18n";
import { DevicesTab } from "./DevicesTab";
import { PeopleTab } from "./PeopleTab";
import { RecordTab } from "./RecordTab";
import { SessionsTab } from "./SessionsTab";
import { SignInTab } from "./SignInTab";

addTexts({ vi: { ...oversightVi, ...vi }, en: { ...oversightEn, ...en } });

const TABS = ["people", "sessions", "devices", "links", "sign_in", "record"] as const;
type Tab = (typeof TABS)[number];
const SHOWN: Record<Tab, ComponentType> = {
  people: PeopleTab, sessions: SessionsTab, devices: DevicesTab, links: LinksTab, sign_in: SignInTab, record: RecordTab,
};

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

export function Admin() {
  const { t, say } = useText();
  const { state, me, city } = useCell(session);
  const { trouble, attempt } = useTrouble();
  const hash = useSyncExternalStore(subscribe, () => location.hash.slice(1));
  const tab = TABS.find((one) => one === hash) ?? "people";
  const Shown = SHOWN[tab];
  useEffect(() => { document.title = t("title.admin"); }, [t]);
  if (!me || !city) {
    if (state === "over") return <Login title={t("title.admin")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  return (
    <>
      <div className="oversight admin" inert={state === "over"}>
        {city.demo && <DemoBanner />}
        <header className="oversight-head">
          <h1><b className="service">{city.emergency_number}</b> {t("title.admin")} <small>{say(city.name)}</small></h1>
          <span className="fact">{me.username} · {known(t, "role", me.role)}</span>
          <Pages here="admin" /><LinkLamp /><ThemeButton /><LanguageButton />
          <button type="button" className="quiet" onClick={() => void attempt(leave)}>{t("logout")}</button>
          <Notice trouble={trouble} />
        </header>
        <CutBar />
        {me.role !== "admin" ? <main><p className="nothing">{t("admin.no_access")}</p></main> : (
          <>
            <nav className="tabs" aria-label={t("title.admin")}>
              {TABS.map((one) => <a key={one} href={`#${one}`} aria-current={one === tab ? "page" : undefined}>{t(`admin.tab.${one}` as Key)}</a>)}
            </nav>
            <main className="oversight-main"><Shown /></main>
          </>)}
      </div>
      {state === "over" && <Login title={t("title.admin")} again />}
    </>
  );
}

function LinksTab() {
  return <div className="card wide"><HospitalLinks /></div>;
}
