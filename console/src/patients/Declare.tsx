/** A mass casualty incident is declared: the alarm level goes up, and as many tags are made as people are expected. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { OneOrder } from "../recommend/oneOrder";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import * as care from "../wire/care";
import { freshId } from "../wire/ids";
import type { IncidentRow } from "../wire/rows";
import { MOST } from "./counts";

const LEVELS = [1, 2, 3];

export function Declare({ incident }: { incident: IncidentRow }) {
  const { t } = useText();
  const [text, setText] = useState(incident.patients > 1 ? String(incident.patients) : "");
  const [level, setLevel] = useState(Math.min(3, incident.alarm_level + 1));
  const [one] = useState(() => new OneOrder<string>());
  const { trouble, complain, attempt } = useTrouble();
  const key = `patients:${incident.id}`;
  const sending = usePending(key);

  async function declare(event: FormEvent) {
    event.preventDefault();
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1 || count > MOST) return complain(t("declare.needs_count", { most: MOST }));
    const reason = t("declare.reason", { count });
    await attempt(() => waiting.give(key, async () => {
      if (level !== incident.alarm_level) await api.setAlarmLevel(incident.id, level, reason);
      return one.give(String(count), freshId, (id) => care.enterPatients(incident.id, id, Array.from({ length: count }, () => ({}))));
    }));
  }

  return (
    <form className="declare" onSubmit={(event) => void declare(event)} noValidate>
      <h3>{t("declare.title")}</h3>
      <p className="faint">{t("declare.what")}</p>
      <div className="declare-fields">
        <label className="field">{t("declare.expected")}
          <input value={text} inputMode="numeric" onChange={(event) => setText(event.target.value)} /></label>
        <fieldset className="field"><legend>{t("declare.level")}</legend>
          <div className="segments">
            {LEVELS.map((one) => (
              <label key={one} className={`segment ${level === one ? "on" : ""}`}>
                <input type="radio" name="alarm-level" checked={level === one} onChange={() => setLevel(one)} /><b>{one}</b>
              </label>
            ))}
          </div>
        </fieldset>
        <button className="primary" disabled={sending}>{sending ? t("sending") : t("declare.now")}</button>
      </div>
      <Notice trouble={trouble} />
    </form>
  );
}
