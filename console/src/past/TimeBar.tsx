/** The time slider: a day of the city's clock to drag, step and run through, by hand and by keyboard. */
import type { KeyboardEvent } from "react";

import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText, type Key } from "../text/i18n";
import { beginOf, dayBegin, dayOf, lengthOf } from "./day";
import { SPEEDS, type Speed } from "./reel";
import { reel } from "./theReel";

const STEPS: { ms: number; span: Key }[] = [
  { ms: 600_000, span: "past.ten_minutes" }, { ms: 60_000, span: "past.minute" }, { ms: 10_000, span: "past.ten_seconds" },
];
const KEYS: Record<string, number> = {
  ArrowLeft: -10_000, ArrowDown: -10_000, ArrowRight: 10_000, ArrowUp: 10_000, PageDown: -600_000, PageUp: 600_000,
};

export function TimeBar() {
  const { t, language } = useText();
  const zone = useCell(session).city!.timezone;
  const { at, wanted, playing, speed, loading, trouble } = useCell(reel.scene);
  const begin = dayBegin(wanted, zone);
  const length = lengthOf(begin, zone);
  const moment = at ?? wanted;
  const day = new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", { timeZone: zone, day: "numeric", month: "long", year: "numeric" });
  const said = (when: number) => t("past.value", { time: timeOfDay(when, zone), day: day.format(when) });
  function press(event: KeyboardEvent) {
    const step = KEYS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    reel.step(step);
  }
  function chooseDay(text: string) {
    const other = beginOf(text, zone);
    if (!Number.isNaN(other)) reel.seek(other + (wanted - begin));
  }
  return (
    <section className="time-bar" aria-label={t("past.bar")} aria-busy={loading}>
      <output className="time-shown" aria-live="off">{timeOfDay(moment, zone)} <small>{day.format(moment)}</small></output>
      <div className="time-steps" role="group" aria-label={t("past.bar")}>
        {STEPS.map(({ ms, span }) => (
          <button key={span} type="button" aria-label={t("past.step_back", { span: t(span) })} onClick={() => reel.step(-ms)}>{t("past.minus", { span: t(span) })}</button>))}
        <button type="button" className="primary" onClick={() => (playing ? reel.pause() : reel.play())}>
          <span aria-hidden="true">{playing ? "❚❚" : "▶"} </span>{t(playing ? "past.pause" : "past.play")}</button>
        {[...STEPS].reverse().map(({ ms, span }) => (
          <button key={span} type="button" aria-label={t("past.step_on", { span: t(span) })} onClick={() => reel.step(ms)}>{t("past.plus", { span: t(span) })}</button>))}
      </div>
      <label className="time-field">{t("past.speed")}
        <select value={speed} onChange={(event) => reel.faster(Number(event.target.value) as Speed)}>
          {SPEEDS.map((one) => <option key={one} value={one}>{t("past.times", { speed: one })}</option>)}
        </select>
      </label>
      <label className="time-field">{t("past.day")}
        <input type="date" value={dayOf(wanted, zone)} onChange={(event) => chooseDay(event.target.value)} />
      </label>
      <div className="time-track">
        <input type="range" min={0} max={length / 1000 - 1} step={1} value={Math.round((wanted - begin) / 1000)}
          aria-label={t("past.slider")} aria-valuetext={said(wanted)} title={t("past.keys")}
          onKeyDown={press} onChange={(event) => reel.seek(begin + Number(event.target.value) * 1000)} />
        <div className="time-hours" aria-hidden="true">{[0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => <span key={hour}>{hour}:00</span>)}</div>
      </div>
      <span className="time-state" role="status">{loading ? t("past.loading") : ""}</span>
      {trouble !== null && <p className="notice" role="alert">■ {trouble || t("link.unreachable")}</p>}
    </section>
  );
}
