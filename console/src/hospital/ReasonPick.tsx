/** Why, from a short list with one thumb, or in one's own words. What is told is the sentence that was read. */
import { useId } from "react";

import { useText, type Key } from "../text/i18n";

/** `own` : whether somebody writes, and what; `picked` : the sentence of the list. */
export type Reason = { picked: string | null; own: string };
export const NO_REASON: Reason = { picked: null, own: "" };
const OTHER = "other";

export function inWords({ picked, own }: Reason): string {
  return (picked === OTHER ? own : picked ?? "").trim();
}

type Props = { legend: string; keys: Key[]; value: Reason; choose: (value: Reason) => void };

export function ReasonPick({ legend, keys, value, choose }: Props) {
  const { t } = useText();
  const name = useId();
  return (
    <fieldset className="field choice reasons"><legend>{legend}</legend>
      <div className="picks">
        {keys.map((key) => t(key)).map((words) => (
          <label key={words} className={`segment ${value.picked === words ? "on" : ""}`}>
            <input type="radio" name={name} checked={value.picked === words} onChange={() => choose({ ...value, picked: words })} />{words}
          </label>
        ))}
        <label className={`segment ${value.picked === OTHER ? "on" : ""}`}>
          <input type="radio" name={name} checked={value.picked === OTHER} onChange={() => choose({ ...value, picked: OTHER })} />{t("reason.other")}
        </label>
      </div>
      {value.picked === OTHER && (
        <input value={value.own} onChange={(event) => choose({ ...value, own: event.target.value })} maxLength={200} autoComplete="off"
          placeholder={t("reason.own")} aria-label={t("reason.own")} />
      )}
    </fieldset>
  );
}
