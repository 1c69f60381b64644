/** What came of it, the answer first: table, map and charts under one moment, which the slider at the foot moves. */
import { useEffect, useMemo, useState } from "react";

import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import type { Results as Told, SimulationAnswer } from "../wire/simulations";
import { Charts } from "./Charts";
import { clocks } from "./clockOf";
import { Comparison } from "./Comparison";
import { Film } from "./film";
import { FilmBar } from "./FilmBar";
import { Reached } from "./Reached";
import { ReplayCard } from "./ReplayCard";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function Results({ run, results, replayed }: { run: SimulationAnswer; results: Told; replayed: number }) {
  const { language } = useText();
  const { timezone } = useCell(session).city!;
  const { begins, steps, step_s } = results;
  const film = useMemo(() => new Film(0, steps * step_s, undefined, calm()), [steps, step_s]);
  useEffect(() => () => film.pause(), [film]);
  const times = useMemo(() => clocks(begins, timezone, language), [begins, timezone, language]);
  const [pair, setPair] = useState(0);
  return (
    <>
      <div className="run-results">
        <Comparison run={run} results={results} pair={pair} choose={setPair} />
        {replayed > 0 && <ReplayCard run={run} film={film} times={times} replayed={replayed} />}
        <div className="run-figures">
          <Charts results={results} film={film} times={times} />
          <Reached results={results} />
        </div>
      </div>
      <FilmBar film={film} times={times} />
    </>
  );
}
