/** How far it is, in words and as a bar; and the way out. */
import { useText, type Key } from "../text/i18n";
import type { Simulation } from "../wire/simulations";
import { isBetween, shareNow } from "./howFar";

export function Progress({ run, lost, stop }: { run: Simulation; lost: boolean; stop: (() => void) | null }) {
  const { t } = useText();
  const share = shareNow(run);
  const words = run.state === "waiting" ? t("planner.before", { count: run.before })
    : `${t(`planner.stage.${run.stage ?? "map"}` as Key)}${share === null ? "…" : ` · ${Math.floor(100 * share)} %`}`;
  const counted = t("planner.done_of", { done: run.done, of: run.of });
  return (
    <section className="card run-progress" aria-label={t("planner.progress")}>
      <p className="lead">{words}</p>
      <progress max={1} {...(share === null ? {} : { value: share })} aria-label={t("planner.progress")} aria-valuetext={isBetween(run) ? words : counted} />
      <p role="status"><b>{counted}</b></p>
      {run.resumed > 0 && <p className="faint">{t("planner.resumed", { count: run.resumed })}</p>}
      {lost && <p className="amber">▲ {t("planner.lost")}</p>}
      {stop && <button type="button" onClick={stop}>{t("planner.stop")}</button>}
    </section>
  );
}
