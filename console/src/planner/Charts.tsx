/** The hours of the simulation: all charts share the moment of the slider, and pointing at one moves it. */
import { useMemo } from "react";

import { useCell } from "../store/cell";
import { known, useText, type Key } from "../text/i18n";
import type { Results } from "../wire/simulations";
import { along, valueAt } from "./chart";
import type { Clocks } from "./clockOf";
import type { Film } from "./film";
import { LineChart, Sample } from "./LineChart";

/** What is worth a chart, the most telling first. */
const SHOWN = ["waiting", "p90_s", "busy", "calls", "taken"];
const MARKS = 6;

type Props = { results: Results; film: Film; times: Clocks };

export function Charts({ results, film, times }: Props) {
  const { t } = useText();
  const there = SHOWN.filter((name) => results.rivals.some((rival) => rival.series[name]?.mean.some((value) => value !== null)));
  return (
    <section className="card" aria-label={t("planner.charts")}>
      {there.map((name) => <Hours key={name} name={name} results={results} film={film} times={times} />)}
    </section>
  );
}

function Hours({ name, results, film, times }: Props & { name: string }) {
  const { t, language } = useText();
  const { steps, step_s, rivals } = results;
  const to = steps * step_s;
  const scale = name === "p90_s" ? 1 / 60 : 1;
  const curves = useMemo(() => rivals.map((rival) => {
    const mean = rival.series[name]?.mean ?? [];
    return { mean, points: mean.map((value, index) => [(index + 0.5) * step_s, value === null ? null : value * scale] as const) };
  }), [rivals, name, step_s, scale]);
  const marks = useMemo(() => times.marks(0, to, MARKS).map((at) => ({ at, text: to > 2 * 86_400 ? times.day(at) : times.short(at) })), [times, to]);
  // Small numbers want more digits: an axis of 0, 0 and 0 tells nothing.
  const highest = Math.max(0, ...curves.flatMap(({ points }) => points.map(([, y]) => y ?? 0)));
  const digits = highest < 0.2 ? 3 : highest < 2 ? 2 : 1;
  const format = useMemo(() => new Intl.NumberFormat(language, { maximumFractionDigits: digits }), [language, digits]);
  return (
    <LineChart title={known(t, "series", name as Key)} curves={curves} from={0} to={to} marks={marks} words={(value) => format.format(value)}
      point={(place) => film.seek(place)}
      legend={<AtCursor film={film} values={curves.map(({ mean }) => mean)} step={step_s} say={(value) => (value === null ? "–" : format.format(value * scale))} />}
      cursor={(across, top, bottom) => <Cursor film={film} place={(moment) => along(across, moment)} top={top} bottom={bottom} />} />
  );
}

type At = { film: Film; values: (number | null)[][]; step: number; say: (value: number | null) => string };

function AtCursor({ film, values, step, say }: At) {
  const { moment } = useCell(film.now);
  return <div className="samples">{values.map((mean, number) => <Sample key={number} number={number} value={say(valueAt(mean, 0, step, moment))} />)}</div>;
}

function Cursor({ film, place, top, bottom }: { film: Film; place: (moment: number) => number; top: number; bottom: number }) {
  const x = place(useCell(film.now).moment);
  return <line className="cursor" x1={x} x2={x} y1={top} y2={bottom} />;
}
