/** The planner's page: the mark of simulation around everything, and what is asked, watched and compared inside. */
import { en as otherEn, vi as otherVi } from "virtual:texts/oversight";
import { en, vi } from "virtual:texts/planner";
import { useEffect } from "react";

import { Pages } from "../oversight/Pages";
import { LanguageButton } from "../shell/LanguageButton";
import { Login } from "../shell/Login";
import { SignOut } from "../shell/SignOut";
import { ThemeButton } from "../shell/ThemeButton";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import { Work } from "./Work";

addTexts({ vi: { ...otherVi, ...vi }, en: { ...otherEn, ...en } });

const MAY = ["planner", "supervisor", "admin", "dispatcher"];

export function Planner() {
  const { t, say } = useText();
  const { state, me, city } = useCell(session);
  useEffect(() => { document.title = `${t("planner.mark")} · ${t("title.planner")}`; }, [t]);
  if (!me || !city) {
    if (state === "over") return <Login title={t("title.planner")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  return (
    <>
      <div className="oversight simulated" inert={state === "over"}>
        <div className="planner-mark" role="note"><b><span aria-hidden="true">◇ </span>{t("planner.mark")}</b> <span>{t("planner.banner")}</span></div>
        <header className="oversight-head">
          <h1>{t("title.planner")} <small>{say(city.name)}</small></h1>
          <Pages here="planner" /><ThemeButton /><LanguageButton /><SignOut />
        </header>
        {MAY.includes(me.role) ? <Work /> : <main><p className="nothing">{t("wall.no_access")}</p></main>}
      </div>
      {state === "over" && <Login title={t("title.planner")} again />}
    </>
  );
}
