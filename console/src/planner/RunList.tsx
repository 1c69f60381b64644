/** The simulations there are, the newest first. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { useText, type Key } from "../text/i18n";
import type { Simulation } from "../wire/simulations";
import { isBetween, shareNow } from "./howFar";

const SIGNS: Record<Simulation["state"], string> = { waiting: "…", running: "▸", done: "✓", stopped: "■", failed: "✕" };

export function RunList({ runs, chosen }: { runs: Simulation[]; chosen: string }) {
  const { t, say, language } = useText();
  const { timezone } = useCell(session).city!;
  const when = (at: string) => timeAndDay(at, timezone, language, Date.now() / 1000);
  return (
    <nav className="run-list" aria-label={t("planner.runs")}>
      <h2>{t("planner.runs")}</h2>
      {runs.length === 0 ? <p className="faint">{t("planner.no_runs_look")}</p> : (
        <ul>{runs.map((run) => (
          <li key={run.id}><a href={`#${run.id}`} aria-current={run.id === chosen ? "true" : undefined}>
            <span className="run-name">{say(run.question)}</span>
            <small><span className={`run-state ${run.state}`}><span aria-hidden="true">{SIGNS[run.state]} </span>{t(`planner.state.${run.state}` as Key)}</span>
              {isBetween(run) && <>: {t(`planner.stage.${run.stage!}` as Key)}</>}{run.state === "running" && shareNow(run) !== null && <> {Math.floor(100 * shareNow(run)!)} %</>} · {when(run.asked_at)}</small>
          </a></li>))}</ul>)}
    </nav>
  );
}
