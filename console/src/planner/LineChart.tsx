/** Lines of the rivals over one axis: the first solid, the second dashed, so that no colour is needed to tell them apart. */
import { memo, type PointerEvent, type ReactNode } from "react";

import { useText } from "../text/i18n";
import { along, back, path, ticks, type Axis } from "./chart";
import { colourOf, dashOf, letter } from "./letters";
import { useWidth } from "./useWidth";

export type Curve = { points: (readonly [x: number, y: number | null])[] };
export type Mark = { at: number; text: string };

const HEIGHT = 148;
const LEFT = 40;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;

type Props = {
  title: string; curves: Curve[]; from: number; to: number; marks: Mark[]; under?: string; highest?: number;
  /** A value in words: of the axis and of the summary that is read out. */
  words: (value: number) => string;
  /** Called with the place a person points at. */
  point?: (place: number) => void;
  legend: ReactNode; cursor?: (across: Axis, top: number, bottom: number) => ReactNode;
};

export function LineChart({ title, curves, from, to, marks, under, highest, words, point, legend, cursor }: Props) {
  const { t } = useText();
  const [box, width] = useWidth<HTMLDivElement>(420);
  const values = curves.flatMap(({ points }) => points.flatMap(([, y]) => (y === null ? [] : [y])));
  const up = ticks(highest ?? Math.max(0, ...values), 3);
  const across: Axis = { low: from, high: to, from: LEFT, to: width - RIGHT };
  const tall: Axis = { low: 0, high: up.at(-1)!, from: HEIGHT - BOTTOM, to: TOP };
  const told = curves.map(({ points }, number) => {
    const some = points.flatMap(([, y]) => (y === null ? [] : [y]));
    return some.length === 0 ? "" : t("planner.curve_said", { letter: letter(number), most: words(Math.max(...some)), last: words(some.at(-1)!) });
  });
  function aim(event: PointerEvent<SVGSVGElement>) {
    if (!point || (event.type === "pointermove" && event.buttons !== 1)) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    point(Math.min(to, Math.max(from, back(across, event.clientX - left))));
  }
  return (
    <figure className="line-chart">
      <figcaption><h3>{title}</h3>{legend}</figcaption>
      <div ref={box}>
        <svg width={width} height={HEIGHT} role="img" aria-label={t("planner.chart_said", { title, curves: told.join(" ") })} onPointerDown={aim} onPointerMove={aim}>
          {up.map((value) => <g key={value}><line className="grid" x1={LEFT} x2={width - RIGHT} y1={along(tall, value)} y2={along(tall, value)} />
            <text x={LEFT - 6} y={along(tall, value) + 4} textAnchor="end">{words(value)}</text></g>)}
          {marks.map(({ at, text }) => <text key={at} x={along(across, at)} y={HEIGHT - 6} textAnchor="middle">{text}</text>)}
          {curves.map(({ points }, number) => (
            <path key={number} d={path(points.map(([x, y]) => [along(across, x), y === null ? null : along(tall, y)]))}
              stroke={colourOf(number)} strokeDasharray={dashOf(number)} />))}
          {cursor?.(across, TOP, HEIGHT - BOTTOM)}
        </svg>
      </div>
      {under && <p className="under">{under}</p>}
    </figure>
  );
}

/** The letter of a rival beside a piece of its line, and what it says where one looks. */
export const Sample = memo(function Sample({ number, value }: { number: number; value?: string }) {
  return (
    <span className="sample"><svg width="26" height="8" aria-hidden="true"><path d="M1 4L25 4" stroke={colourOf(number)} strokeDasharray={dashOf(number)} /></svg>
      <b>{letter(number)}</b>{value !== undefined && <span className="number">{value}</span>}</span>
  );
});
