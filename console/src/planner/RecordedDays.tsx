/** Which days of the own log are played again. */
import { useText } from "../text/i18n";
import type { Choices } from "../wire/simulations";
import type { Draft } from "./draft";
import { Field, type Said } from "./Field";

type Props = { draft: Draft; choices: Choices; change: (part: Partial<Draft>) => void; said: Said };

const DAY_MS = 86_400_000;

/** Yesterday, which is over; the first day of a log that is younger. */
export function dayBefore(known: Choices["recorded"]): string {
  if (!known) return "";
  const before = new Date(Date.parse(known.last) - DAY_MS).toISOString().slice(0, 10);
  return before < known.first ? known.first : before;
}

export function RecordedDays({ draft, choices, change, said }: Props) {
  const { t } = useText();
  const { first, last } = choices.recorded ?? {};
  return (
    <>
      <div className="pair">
        <Field label={t("planner.day")} name="day" said={said}>{(box) => (
          <input {...box} type="date" value={draft.day} min={first} max={last} onChange={(event) => change({ day: event.target.value })} />)}</Field>
        <Field label={t("planner.until")} name="until" said={said}>{(box) => (
          <input {...box} type="date" value={draft.until} min={draft.day || first} max={last} onChange={(event) => change({ until: event.target.value })} />)}</Field>
      </div>
      <p className="faint">{t("planner.recorded_hint")}</p>
    </>
  );
}
