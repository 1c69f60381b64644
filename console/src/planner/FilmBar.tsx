/** The slider at the foot: one moment for map and charts, to drag, step and run through, by hand and by keyboard. */
import type { KeyboardEvent } from "react";

import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";
import type { Clocks } from "./clockOf";
import { SPEEDS, type Film, type Speed } from "./film";

const STEPS: { seconds: number; span: Key }[] = [{ seconds: 600, span: "past.ten_minutes" }, { seconds: 60, span: "past.minute" }];
const KEYS: Record<string, number> = { ArrowLeft: -60, ArrowDown: -60, ArrowRight: 60, ArrowUp: 60, PageDown: -600, PageUp: 600 };

export function FilmBar({ film, times }: { film: Film; times: Clocks }) {
  const { t } = useText();
  const { moment, playing, speed } = useCell(film.now);
  const said = t("planner.value", { time: times.time(moment), day: times.day(moment) });
  function press(event: KeyboardEvent) {
    const step = KEYS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    film.step(step);
  }
  return (
    <section className="film-bar" aria-label={t("planner.slider")}>
      <div className="time-steps" role="group" aria-label={t("past.bar")}>
        <button type="button" className="far" aria-label={t("planner.to_begin")} onClick={() => film.seek(film.from)}><span aria-hidden="true">|◀</span></button>
        {STEPS.map(({ seconds, span }) => <button key={span} type="button" className={seconds > 60 ? "far" : ""} aria-label={t("past.step_back", { span: t(span) })} onClick={() => film.step(-seconds)}>{t("past.minus", { span: t(span) })}</button>)}
        <button type="button" className="primary" onClick={() => (playing ? film.pause() : film.play())}>
          <span aria-hidden="true">{playing ? "❚❚" : "▶"} </span>{t(playing ? "past.pause" : "past.play")}</button>
        {[...STEPS].reverse().map(({ seconds, span }) => <button key={span} type="button" className={seconds > 60 ? "far" : ""} aria-label={t("past.step_on", { span: t(span) })} onClick={() => film.step(seconds)}>{t("past.plus", { span: t(span) })}</button>)}
      </div>
      <label className="time-field">{t("past.speed")}
        <select value={speed} onChange={(event) => film.faster(Number(event.target.value) as Speed)}>
          {SPEEDS.map((one) => <option key={one} value={one}>{t("past.times", { speed: one })}</option>)}
        </select>
      </label>
      <input className="film-slider" type="range" min={film.from} max={film.to} step={1} value={Math.round(moment)}
        aria-label={t("planner.slider")} aria-valuetext={said} onKeyDown={press} onChange={(event) => film.seek(Number(event.target.value))} />
      <output className="time-shown" aria-live="off">{times.time(moment)} <small>{times.day(moment)}</small></output>
    </section>
  );
}
