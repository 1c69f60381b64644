/** The planner's frame: the mark of simulation around everything, and an honest word in each empty place. */
import { en, vi } from "virtual:texts/oversight";
import { useEffect } from "react";

import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { Login } from "../shell/Login";
import { SignOut } from "../shell/SignOut";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { addTexts, useText, type Key } from "../text/i18n";
import { Pages } from "../oversight/Pages";

addTexts({ vi, en });

const PLACES: { title: Key; empty: Key; wide?: boolean }[] = [
  { title: "planner.scenario", empty: "planner.scenario_empty" },
  { title: "planner.replay", empty: "planner.replay_empty" },
  { title: "planner.charts", empty: "planner.charts_empty" },
  { title: "planner.table", empty: "planner.table_empty" },
];
const REAL: { href: string; text: Key }[] = [
  { href: "/supervisor#figures", text: "planner.see_figures" },
  { href: "/supervisor#policy", text: "planner.see_policy" },
  { href: "/past", text: "planner.see_past" },
];
const MAY = ["planner", "supervisor", "admin", "dispatcher"];

export function Planner() {
  const { t, say } = useText();
  const { state, me, city } = useCell(session);
  useEffect(() => { document.title = `${t("planner.mark")} · ${t("title.planner")}`; }, [t]);
  if (!me || !city) {
    if (state === "over") return <Login title={t("title.planner")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  if (!MAY.includes(me.role)) return <main className="starting"><p>{t("wall.no_access")}</p></main>;
  return (
    <div className="oversight simulated">
      <div className="planner-mark" role="note"><b><span aria-hidden="true">◇ </span>{t("planner.mark")}</b> <span>{t("planner.banner")}</span></div>
      <header className="oversight-head">
        <h1>{t("title.planner")} <small>{say(city.name)}</small></h1>
        <span className="fact">{t("planner.no_link")}</span>
        <Pages here="planner" /><ThemeButton /><LanguageButton /><SignOut />
      </header>
      <main className="oversight-main">
        {PLACES.map(({ title, empty }) => (
          <section key={title} className="card empty-place" aria-label={t(title)}><h2>{t(title)}</h2><p className="nothing">{t(empty)}</p></section>))}
        <section className="card wide" aria-label={t("planner.real")}><h2>{t("planner.real")}</h2>
          <p className="faint">{t("planner.real_hint")}</p>
          <ul className="real-links">{REAL.map(({ href, text }) => <li key={href}><a href={href}>{t(text)}</a></li>)}</ul></section>
      </main>
    </div>
  );
}
