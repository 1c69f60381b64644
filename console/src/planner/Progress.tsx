/** How far it is, in words and as a bar; and the way out. */
import { useText, type Key } from "../text/i18n";
import type { Simulation } from "../wire/simulations";
import { shareOf } from "./howFar";

export function Progress({ run, lost, stop }: { run: Simulation; lost: boolean; stop: (() => void) | null }) {
  const { t } = useText();
  const counted = t("planner.done_of", { done: run.done, of: run.of });
  return (
    <section className="card run-progress" aria-label={t("planner.progress")}>
      <p className="lead" role="status">{run.state === "waiting" ? t("planner.before", { count: run.before })
        : run.stage && run.stage !== "replications" ? `${t(`planner.stage.${run.stage}` as Key)}…` : t("planner.stage.replications")}</p>
      <progress max={1} value={shareOf(run)} aria-label={t("planner.progress")} aria-valuetext={counted} />
      <p><b>{counted}</b></p>
      {run.resumed > 0 && <p className="faint">{t("planner.resumed", { count: run.resumed })}</p>}
      {lost && <p className="amber">▲ {t("planner.lost")}</p>}
      {stop && <button type="button" onClick={stop}>{t("planner.stop")}</button>}
    </section>
  );
}
