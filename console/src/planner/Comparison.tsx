/** The table: each figure of the rivals, and of a pair one less the other with its interval, or that they do not clearly differ. */
import { useState } from "react";

import { useText, type Key, known } from "../text/i18n";
import type { Difference, Results, SimulationAnswer } from "../wire/simulations";
import { letter } from "./letters";
import { ofPair, pairsOf } from "./pairs";
import { inUnit, signed, told, verdictOf, type Verdict } from "./told";

const SIGNS: Record<Verdict, string> = { unsure: "≈", better: "▲", worse: "▼", differs: "•" };

/** Shown at once besides what is compared; the others are one press away. */
const ALWAYS = ["calls", "waited", "busy"];

type Props = { run: SimulationAnswer; results: Results; pair: number; choose: (pair: number) => void };

export function Comparison({ run, results, pair, choose }: Props) {
  const { t, say, language } = useText();
  const { rivals, differences, figures } = results;
  const two = rivals.length > 1;
  const pairs = pairsOf(results);
  const chosen = pairs[Math.min(pair, pairs.length - 1)];
  const numberOf = (name: string) => rivals.findIndex((rival) => rival.name === name);
  const shown = chosen ? [numberOf(chosen.first), numberOf(chosen.rival)] : [0];
  const [all, setAll] = useState(false);
  const there = figures.filter((figure) => rivals.some((rival) => rival.figures[figure]));
  const answers = (results.answers ?? []).filter((figure) => there.includes(figure));
  const besides = there.filter((figure) => !answers.includes(figure));
  const first = besides.filter((figure) => results.compared.includes(figure) || ALWAYS.includes(figure));
  const groups = [{ title: "planner.answers" as Key, rows: answers }, { title: "planner.besides" as Key, rows: all ? besides : first }];
  const letters = { first: letter(shown[0]!), other: letter(shown[1] ?? 0) };
  const named = (name: string) => `${letter(numberOf(name))} (${say(run.rivals[numberOf(name)]!.label)})`;
  return (
    <section className="card" aria-label={t("planner.table")}>
      <div className="card-head"><h2>{t("planner.table")}</h2>
        {chosen && pairs.length > 1 && (
          <label className="picker">{t("planner.compare")} <select value={pairs.indexOf(chosen)} onChange={(event) => choose(Number(event.target.value))}>
            {pairs.map((one, number) => <option key={number} value={number}>{t("planner.pair", { other: named(one.rival), first: named(one.first) })}</option>)}
          </select></label>)}
      </div>
      <div className="table-box" tabIndex={0} role="group" aria-label={t("planner.table")}>
        <table className="comparison"><thead><tr>
          <th scope="col">{t("planner.figure")}</th>{shown.map((number) => <th key={number} scope="col">{letter(number)}</th>)}
          {two && <th scope="col">{t("planner.difference", letters)} <small>{t("planner.interval")}</small></th>}</tr></thead>
          {groups.filter(({ rows }) => rows.length > 0).map(({ title, rows }) => <tbody key={title}>
            {answers.length > 0 && <tr className="group"><th scope="rowgroup" colSpan={shown.length + (two ? 2 : 1)}>{t(title)}</th></tr>}
            {rows.map((figure) => (
            <tr key={figure}><th scope="row">{known(t, "figure", figure)}</th>
              {shown.map((number) => <td key={number} className="number">{told(figure, rivals[number]!.figures[figure]?.mean ?? null, language)}</td>)}
              {two && <Apart found={differences.find(ofPair(chosen!, figure))} unlike={chosen!.unlike.includes(figure)} />}</tr>))}</tbody>)}</table>
      </div>
      {first.length < besides.length && <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>{t(all ? "planner.fewer_figures" : "planner.more_figures", { count: besides.length - first.length })}</button>}
      <p className="faint">{t("planner.table_note", { count: run.replications })} {two ? t(run.source === "scenario" ? "planner.same_chance" : "planner.same_calls") : t("planner.alone")} {two && run.replications === 1 && t("planner.one_night")}</p>
      {chosen && chosen.unlike.length > 0 && <p className="faint">{t("planner.unlike_note")}</p>}
      <LeftOut counts={results.left_out} />
      {two && run.replications > 1 && <p className="faint">{t("planner.holm")}</p>}
    </section>
  );
}

/** Of a day of the log: incidents that are not played, so that nobody takes them for patients who were served. */
function LeftOut({ counts }: { counts: Results["left_out"] }) {
  const { t } = useText();
  const reasons = Object.entries(counts ?? {});
  if (reasons.length === 0) return null;
  return <p className="faint">{t("planner.left_out", { reasons: reasons.map(([why, count]) => t(`planner.left_out.${why}` as Key, { count })).join(", ") })}</p>;
}

function Apart({ found, unlike }: { found: Difference | undefined; unlike: boolean }) {
  const { t, language } = useText();
  if (unlike) return <td className="apart unsure"><small>{t("planner.unlike")}</small></td>;
  if (!found) return <td>–</td>;
  const { figure, mean, low, high } = found;
  const verdict = verdictOf(found);
  const mind = (value: number) => signed(figure, value, language);
  return (
    <td className={`apart ${verdict}`}><span className="number"><span aria-hidden="true">{SIGNS[verdict]} </span><b>{inUnit(figure, mind(mean), t)}</b> {t("planner.between", { low: mind(low), high: mind(high) })}</span>
      <small>{t(verdict === "unsure" && low * high > 0 ? "planner.unsure_holm" : `planner.${verdict}` as Key)}</small></td>
  );
}
