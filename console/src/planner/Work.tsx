/** Left: the simulations there are. Right: the one that is looked at, or the form for another. */
import { useText, type Key } from "../text/i18n";
import { Notice } from "../shell/Notice";
import { useAsked } from "../oversight/useAsked";
import { choices as askChoices, simulations } from "../wire/simulations";
import { NewRun } from "./NewRun";
import { goTo, NEW, NOW, usePlace } from "./place";
import { isOver } from "./howFar";
import { Run } from "./Run";
import { RunList } from "./RunList";
import { useWatched } from "./useWatched";

const BUSY_MS = 1_000;
const QUIET_MS = 10_000;
const REAL: { href: string; text: Key }[] = [
  { href: "/supervisor#figures", text: "planner.see_figures" },
  { href: "/supervisor#policy", text: "planner.see_policy" },
  { href: "/past", text: "planner.see_past" },
];

export function Work() {
  const { t } = useText();
  const place = usePlace();
  const { value: choices, trouble } = useAsked(askChoices);
  const { value: runs, lost, again } = useWatched(simulations, (all) => (all.every(isOver) ? QUIET_MS : BUSY_MS));
  const newest = runs?.[0]?.id ?? "";
  const chosen = place || newest;
  const asks = (chosen === NEW || chosen === NOW || (runs !== null && chosen === "")) && choices?.may_start === true;
  const shown = chosen === NEW || chosen === NOW ? "" : chosen;
  return (
    <main className="planner-work">
      <aside className="planner-side">
        {lost && <p className="notice" role="alert">■ {t("planner.lost")}</p>}
        <Notice trouble={trouble} />
        {choices && !choices.may_start && <p className="faint">{t("planner.may_not")}</p>}
        {choices?.may_start && !asks && (
          <div className="with-button">
            <button type="button" className="primary" onClick={() => goTo(NEW)}>+ {t("planner.new")}</button>
            {choices.now && <button type="button" onClick={() => goTo(NOW)}>{t("planner.from_now")}</button>}
          </div>)}
        {runs && <RunList runs={runs} chosen={shown} />}
        <section className="planner-real" aria-label={t("planner.real")}>
          <h2>{t("planner.real")}</h2><p className="faint">{t("planner.real_hint")}</p>
          <ul className="real-links">{REAL.map(({ href, text }) => <li key={href}><a href={href}>{t(text)}</a></li>)}</ul>
        </section>
      </aside>
      <div className="planner-main">
        {asks ? (
          <NewRun key={chosen} choices={choices} fromNow={chosen === NOW}
            leave={newest === "" ? null : () => goTo(newest)} started={(id) => { again(); goTo(id); }} />
        ) : shown ? <Run key={shown} id={shown} replayed={choices?.limits.replayed ?? 1} mayStart={choices?.may_start === true} gone={() => { again(); goTo(""); }} /> : <p className="nothing planner-nothing">{t(newest ? "planner.choose" : "planner.no_runs_look")}</p>}
      </div>
    </main>
  );
}
