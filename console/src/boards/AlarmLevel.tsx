/** How much is sent to an incident: what each level would add is read before anybody raises it. */
import { useEffect, useRef, useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import type { AlarmLevels } from "../wire/answers";
import * as api from "../wire/api";
import type { IncidentRow } from "../wire/rows";

type Props = { incident: IncidentRow; done: () => void };

export function AlarmLevel({ incident, done }: Props) {
  const { t } = useText();
  const now = incident.alarm_level;
  const [told, setTold] = useState<AlarmLevels | null>(null);
  const [level, setLevel] = useState(now);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `incident:${incident.id}`;
  const sending = usePending(key);
  useEffect(() => {
    let ours = true;
    void attempt(() => api.alarmLevels(incident.id)).then((found) => {
      if (!ours || !found) return;
      setTold(found);
      setLevel(Math.min(found.now + 1, found.levels.length));
    });
    return () => { ours = false; };
  }, [attempt, incident.id, incident.priority, incident.patients]);

  const box = useRef<HTMLFormElement>(null);
  useEffect(() => { box.current?.scrollIntoView?.({ block: "nearest" }); }, [told]);

  async function raise(event: FormEvent) {
    event.preventDefault();
    if (level === now) return complain(t("alarm_level.same"));
    if (reason.trim().length < 3) return complain(t("needs.reason"));
    if (await attempt(() => waiting.give(key, () => api.setAlarmLevel(incident.id, level, reason.trim())))) done();
  }

  return (
    <form ref={box} className="alarm-levels" onSubmit={raise} noValidate>
      <fieldset className="bare"><legend>{t("alarm_level.title")}</legend>
        {(told?.levels ?? []).map((row) => (
          <label key={row.level} className={`segment ${row.level === level ? "on" : ""}`}>
            <input type="radio" name="alarm_level" checked={row.level === level} onChange={() => setLevel(row.level)} />
            <b>{row.level}{row.level === now && <small> {t("alarm_level.now")}</small>}</b>
            <Adds row={row} />
          </label>
        ))}
      </fieldset>
      <div className="with-button">
        <input value={reason} onChange={(event) => setReason(event.target.value)} required placeholder={t("reason")} aria-label={t("reason")} />
        <button disabled={sending || told === null}>{t(level < now ? "alarm_level.lower" : "alarm_level.raise", { level })}</button>
      </div>
      <Notice trouble={trouble} />
    </form>
  );
}

function Adds({ row }: { row: AlarmLevels["levels"][number] }) {
  const { t, say } = useText();
  if (row.adds.length === 0) return <small>{t("alarm_level.nothing")}</small>;
  return <small>{row.level > 1 && "+ "}{row.adds.map((one) => t("alarm_level.count", { count: one.count, role: say(one) })).join(", ")}</small>;
}
