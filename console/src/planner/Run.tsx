/** One simulation: what was asked, how far it is, and what came of it. */
import { useCallback } from "react";

import { useText } from "../text/i18n";
import { Notice, useTrouble } from "../shell/Notice";
import { simulation, stop, type SimulationAnswer } from "../wire/simulations";
import { Forget } from "./Forget";
import { isOver } from "./howFar";
import { Progress } from "./Progress";
import { Results } from "./Results";
import { RunHead } from "./RunHead";
import { useWatched } from "./useWatched";

const BUSY_MS = 1_000;

type Props = { id: string; replayed: number; mayStart: boolean; gone: () => void };

/** mayStart : may stop and remove it as well; gone : called when it was removed;
 * replayed : so many replications of each rival can be looked at again */
export function Run({ id, replayed, mayStart, gone: removed }: Props) {
  const { t, say } = useText();
  const ask = useCallback(() => simulation(id), [id]);
  const { value: run, gone, lost, again } = useWatched<SimulationAnswer>(ask, (found) => (isOver(found) ? null : BUSY_MS));
  const { trouble, attempt } = useTrouble();
  if (!run) return <p className="nothing planner-nothing" role="status">{t(gone ? "planner.gone" : lost ? "planner.lost" : "planner.asking")}</p>;
  return (
    <article className="run" aria-label={say(run.question)}>
      <RunHead run={run}>{mayStart && isOver(run) && <Forget id={id} gone={removed} />}</RunHead>
      <Notice trouble={trouble} />
      {!isOver(run) && <Progress run={run} lost={lost} stop={mayStart ? () => void attempt(() => stop(id)).then(again) : null} />}
      {run.state === "stopped" && <p className="card">{t("planner.stopped_note", { done: run.done, of: run.of })}</p>}
      {run.state === "failed" && <p className="notice" role="alert">■ {t("planner.failed_note", { why: run.fault ? say(run.fault) : "" })}</p>}
      {run.results && <Results run={run} results={run.results} replayed={replayed} />}
    </article>
  );
}
