/** After how many minutes somebody had come, to what share of the calls. */
import { useText } from "../text/i18n";
import type { Results } from "../wire/simulations";
import { LineChart, Sample } from "./LineChart";
import { ticks } from "./chart";

/** The tail is not drawn once all that are ever reached have been, but for so little, of 1. */
const TAIL = 0.005;

export function Reached({ results: { rivals, reached_step_s } }: { results: Results }) {
  const { t, language } = useText();
  if (rivals.every((rival) => rival.reached.length < 2)) return null;
  const ends = rivals.map(({ reached }) => reached.findIndex((share) => share >= (reached.at(-1) ?? 0) - TAIL));
  const last = Math.max(1, ...ends);
  const minutes = (last * reached_step_s) / 60;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <section className="card" aria-label={t("planner.reached")}>
      <LineChart title={t("planner.reached")} from={0} to={minutes} highest={100} under={t("planner.minutes")}
        curves={rivals.map(({ reached }) => ({ points: reached.slice(0, last + 1).map((share, index) => [(index * reached_step_s) / 60, 100 * share] as const) }))}
        marks={ticks(minutes, 6).filter((at) => at <= minutes).map((at) => ({ at, text: format.format(at) }))} words={(value) => format.format(value)}
        legend={<div className="samples">{rivals.map((rival, number) => <Sample key={rival.name} number={number} />)}</div>} />
    </section>
  );
}
