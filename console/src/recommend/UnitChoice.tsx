/** One ranked unit: its time, and why it stands where it stands. */
import { unitKind } from "../boards/unitKind";
import { distance, span } from "../text/format";
import { known, useText, type Tell } from "../text/i18n";
import "../text/openedTexts";
import { useRows } from "../live";
import type { RankedUnit } from "../wire/answers";
import type { Words } from "../wire/rows";
import { partsInOrder, total, width } from "./parts";

type Props = {
  rank: number; unit: RankedUnit; longest: number; chosen: boolean; choose: () => void;
  /** Reasons that hold for all of the list: they stand above it, once. */
  common: ReadonlySet<string>;
};

export function UnitChoice({ rank, unit, longest, chosen, choose, common }: Props) {
  const { t, say, language } = useText();
  const row = useRows("units").find((one) => one.callsign === unit.callsign);
  const parts = partsInOrder(unit.parts ?? {});
  const whole = total(parts);
  const way = total(parts.filter(({ name }) => name === "travel" || name === "turnout"));
  // The rest are weights, not time on the road: nobody should promise them to a caller.
  const arrival = way === whole ? t("advice.arrives", { time: span(way) })
    : t("advice.counted", { time: span(way), score: span(whole) });
  const reasons = moreReasons(unit, say, t).filter(({ en }) => !common.has(en)).map(say);
  return (
    <label className={`choice-row ${chosen ? "on" : ""}`}>
      {/* A click on what is offered anyway is a choice too: it stays when the ranking is renewed. */}
      <input type="radio" name="unit" checked={chosen} onChange={choose} onClick={choose} />
      <span className="rank" aria-label={t("rank.label", { rank })}>{rank}</span>
      <span className="callsign">{unit.callsign}</span>
      <span className="kind">{row ? unitKind(row.capabilities, row.kind) : ""}</span>
      <span className="eta" title={arrival}>
        <span className="unseen">{arrival}</span><span aria-hidden="true">{span(whole)}</span><small>{distance(unit.distance_m, language)}</small>
      </span>
      <span className="why">
        <span className="bar" aria-hidden="true">
          {parts.map(({ name, seconds }) => (
            <i key={name} className={`part-${name}`} style={{ width: `${width(seconds, longest)}%` }} />
          ))}
        </span>
        <span className="words">
          {parts.map(({ name, seconds }, index) => (
            <span key={name}><i className={`dot part-${name}`} aria-hidden="true" />{known(t, "part", name)}{" "}
              {index > 0 && (seconds > 0 ? "+" : "−")}{Math.abs(Math.round(seconds))} s{" "}</span>
          ))}
          {reasons.length > 0 && <span>· {reasons.join(" · ")}</span>}
        </span>
      </span>
    </label>
  );
}

/** A reason that only says the distance or a part again is already on the line. */
export function moreReasons(unit: RankedUnit, say: (words: Words) => string, t: Tell): Words[] {
  const parts = partsInOrder(unit.parts ?? {}).map(({ name }) => known(t, "part", name).toLowerCase());
  return (unit.reasons ?? []).filter((reason) => unit.method !== "road" || !/^[\d.,]+ km/.test(say(reason)))
    .filter((reason) => !parts.some((part) => say(reason).toLowerCase().startsWith(part)));
}
