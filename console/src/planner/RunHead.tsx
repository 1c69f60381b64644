/** What was asked: the question, on what it stands, the rivals by their letters, how often and with which chance. */
import type { ReactNode } from "react";

import { useText, type Key } from "../text/i18n";
import { fileOf, type SimulationAnswer } from "../wire/simulations";
import { letter } from "./letters";

/** What of the log it plays again. */
const dayOf = ({ source, begins }: SimulationAnswer) => (source === "recorded" ? begins?.slice(0, 10) : undefined);

/** children : what else may be done with it */
export function RunHead({ run, children }: { run: SimulationAnswer; children: ReactNode }) {
  const { t, say } = useText();
  const source = `planner.source.${run.source}` as Key;
  // What was carried on from a live moment has no report.
  const files = run.state === "done" ? [...(run.source === "now" ? [] : ["report" as const]), "rows" as const, ...(run.results?.bundle ? ["bundle" as const] : [])] : [];
  return (
    <header className="run-head">
      <h2>{say(run.question)}</h2>
      <ul className="chips" aria-label={t("planner.about")}>
        <li>{t(source)}{run.title ? `: ${say(run.title)}` : (run.model ?? run.scenario ?? dayOf(run)) && `: ${run.model ?? run.scenario ?? dayOf(run)}`}</li>
        {run.rivals.map((rival, number) => <li key={rival.name}><b>{letter(number)}</b> = {say(rival.label)}</li>)}
        <li>{t("planner.chip_size", { count: run.replications, seed: run.seed })}</li>
        <li>{t("planner.chip_hours", { hours: run.hours })}</li>
      </ul>
      <div className="run-acts">{files.length > 0 && (
        <p className="run-files" role="group" aria-label={t("planner.files")}>
          {files.map((what) => <a key={what} href={fileOf(run.id, what)} {...(what === "report" ? { target: "_blank", rel: "noopener" } : { download: "" })}>{t(`planner.${what}` as Key)}</a>)}
        </p>)}{children}</div>
    </header>
  );
}
