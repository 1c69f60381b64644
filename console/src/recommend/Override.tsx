/** Why another than advised: one word of the city's list, more words if somebody has them. */
import { useEffect, useRef } from "react";

import { useText } from "../text/i18n";
import { useCodes } from "./codes";

export type Reason = { code: string | null; words: string };
export const NO_REASON: Reason = { code: null, words: "" };

/** A code alone is enough, and so are words alone. */
export function isGiven({ code, words }: Reason): boolean {
  return code !== null || words.trim().length >= 3;
}

type Props = { first: string; reason: Reason; change: (reason: Reason) => void };

export function Override({ first, reason, change }: Props) {
  const { t, say } = useText();
  const codes = useCodes();
  const box = useRef<HTMLFieldSetElement>(null);
  // On a very low screen the reasons do not stick to its edge: they are brought into sight once.
  useEffect(() => { box.current?.parentElement?.scrollIntoView?.({ block: "nearest" }); }, [codes.length]);
  return (
    <fieldset className="override" ref={box}><legend>{t("advice.override", { callsign: first })}</legend>
      <div className="answers">
        {codes.map((one) => (
          <label key={one.code} className={reason.code === one.code ? "answer on" : "answer"}>
            <input type="radio" name="override_code" checked={reason.code === one.code}
              onChange={() => change({ ...reason, code: one.code })} />
            {say(one)}
          </label>
        ))}
      </div>
      <input value={reason.words} onChange={(event) => change({ ...reason, words: event.target.value })} autoComplete="off"
        placeholder={t("advice.override_hint")} aria-label={t("advice.override_hint")} />
    </fieldset>
  );
}
