/** Turning units away for a while. There is always a reason and an end, so that nobody forgets to lift it. */
import { useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { span, timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { HospitalRow } from "../wire/rows";

const HOURS = [0.5, 1, 2, 4] as const;

export function DiversionForm({ row }: { row: HospitalRow }) {
  const { t } = useText();
  const timezone = useCell(session).city!.timezone;
  const now = useSecond();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState<number | null>(null);
  const { trouble, complain, attempt } = useTrouble();
  const sending = usePending(`divert:${row.id}`);

  async function start(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    if (hours === null) return complain(t("divert.needs_end"));
    const until = new Date(clock.now() + hours * 3_600_000).toISOString();
    const stored = await attempt(() => waiting.give(`divert:${row.id}`, () => api.divert(row.id, reason.trim(), until)));
    if (!stored) return;
    setOpen(false);
    setReason("");
    setHours(null);
  }

  const end = () => attempt(() => waiting.give(`divert:${row.id}`, () => api.endDiversion(row.id)));

  if (row.diversion) {
    const left = Date.parse(row.diversion.until) / 1000 - now;
    return (
      <section className="diversion on" aria-label={t("divert.title")}>
        <p><b>■ {t("divert.on", { time: timeOfDay(row.diversion.until, timezone, false) })}</b> {t("divert.left", { time: span(left) })}</p>
        <p>{row.diversion.reason}</p>
        <Notice trouble={trouble} />
        <button type="button" className="big" disabled={sending} onClick={end}>{sending ? t("sending") : t("divert.end")}</button>
      </section>
    );
  }
  if (!open) {
    return (
      <section className="diversion off" aria-label={t("divert.title")}>
        <p>● {t("divert.off")}</p>
        <button type="button" className="danger-outline" onClick={() => setOpen(true)}>{t("divert.open")}</button>
      </section>
    );
  }
  return (
    <form className="diversion editing" onSubmit={start} noValidate aria-label={t("divert.title")}>
      <label className="field">{t("divert.reason")}
        <input value={reason} onChange={(event) => setReason(event.target.value)} required maxLength={200} autoComplete="off" />
      </label>
      <fieldset className="field choice"><legend>{t("divert.until")}</legend>
        <div className="segments">
          {HOURS.map((one) => (
            <label key={one} className={`segment ${hours === one ? "on" : ""}`}>
              <input type="radio" name="hours" checked={hours === one} onChange={() => setHours(one)} />
              <b>{timeOfDay((now + one * 3600) * 1000, timezone, false)}</b>
              <small>{one < 1 ? t("divert.minutes", { count: one * 60 }) : t("divert.hours", { count: one })}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <Notice trouble={trouble} />
      <div className="bed-buttons">
        <button className="danger big" disabled={sending}>{sending ? t("sending") : t("divert.start")}</button>
        <button type="button" className="big" onClick={() => setOpen(false)}>{t("cancel")}</button>
      </div>
    </form>
  );
}
