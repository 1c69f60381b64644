/** On what it stands: this city, a model, a scenario or the live state of this second; and the hours it counts. */
import { useText } from "../text/i18n";
import type { Choices } from "../wire/simulations";
import { isAt } from "./atField";
import { dayBefore, RecordedDays } from "./RecordedDays";
import { sourceOf, USUAL, type Draft } from "./draft";
import { Field, type Said } from "./Field";
import { letter } from "./letters";

type Props = { draft: Draft; choices: Choices; change: (part: Partial<Draft>) => void; said: Said };

export function StandsOn({ draft, choices, change, said }: Props) {
  const { t, say } = useText();
  const { source, scenario } = sourceOf(draft.on);
  const found = choices.scenarios.find((one) => one.name === scenario);
  const now = source === "now";
  // What is wrong must be seen.
  const folded = said !== null && ["hours", "begins", "warm_up_hours"].some((name) => isAt(said.fields, name));
  return (
    <>
      <Field label={t("planner.stands_on")} name={source === "model" ? "model" : source === "scenario" ? "scenario" : "source"} said={said}>{(box) => (
        <select {...box} value={draft.on} onChange={(event) => change({ on: event.target.value, ...(event.target.value === "recorded" && draft.day === "" ? { day: dayBefore(choices.recorded) } : {}) })}>
          <option value="city" disabled={!choices.demand}>{t("planner.source.city")}</option>
          <option value="recorded" disabled={!choices.recorded}>{t("planner.source.recorded")}</option>
          <option value="now" disabled={!choices.now}>{t("planner.source.now")}</option>
          {choices.scenarios.length > 0 && <optgroup label={t("planner.source.scenario")}>
            {choices.scenarios.map((one) => <option key={one.name} value={`scenario:${one.name}`} disabled={!choices.demand}>{say(one.title)}</option>)}</optgroup>}
          {choices.models.length > 0 && <optgroup label={t("planner.source.model")}>
            {choices.models.map((one) => <option key={one.name} value={`model:${one.name}`}>{one.title}</option>)}</optgroup>}
        </select>)}</Field>
      {!choices.demand && <p className="faint">{t("planner.no_demand")}</p>}
      {now && <p className="faint">{choices.now ? t("planner.now_hint", { hours: draft.hours || USUAL.hoursNow }) : t("planner.now_not")}</p>}
      {source === "recorded" && <RecordedDays draft={draft} choices={choices} change={change} said={said} />}
      {found && (
        <div className="scenario-said"><p>{t("planner.scenario_asks")} <b>{say(found.question)}</b></p><p>{say(found.explains)}</p><p className="faint">{t("planner.scenario_says")} {t("planner.days", { count: found.days })}</p>
          <ul>{found.courses.map((course, index) => <li key={course.name}><b>{letter(index)}</b> = {say(course.label)}</li>)}</ul></div>)}
      {source !== "scenario" && source !== "recorded" && (
        <details open={folded || undefined}><summary>{t(now ? "planner.hours" : "planner.more_settings")}</summary>
          <Field label={t("planner.hours")} name="hours" said={said}>{(box) => (
            <input {...box} inputMode="decimal" value={draft.hours} placeholder={String(now ? USUAL.hoursNow : USUAL.hours)} onChange={(event) => change({ hours: event.target.value })} />)}</Field>
          {!now && <>
            <Field label={t("planner.begins")} name="begins" said={said}>{(box) => (
              <input {...box} type="datetime-local" value={draft.begins} onChange={(event) => change({ begins: event.target.value })} />)}</Field>
            <Field label={t("planner.warm_up")} name="warm_up_hours" said={said} hint={t("planner.warm_up_hint")}>{(box) => (
              <input {...box} inputMode="decimal" value={draft.warmUp} placeholder={String(USUAL.warmUp)} onChange={(event) => change({ warmUp: event.target.value })} />)}</Field>
          </>}
        </details>)}
    </>
  );
}
