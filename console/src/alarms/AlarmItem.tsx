/** One alarm with what can be done about it; and one that was put away, with who did it, until when and why. */
import { useState, type FormEvent } from "react";

import { showUnit } from "../boards/moves";
import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { selectIncident } from "../shell/selection";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import { endAlarm } from "../wire/api";
import { toldByRadio } from "../wire/field";
import type { DeskAlarmRow } from "../wire/rows";
import { acknowledge } from "./acknowledge";
import { shelve, unshelve } from "./orders";
import type { Standing } from "./ranked";
import { wordsOf } from "./useAlarms";

const ENDINGS = ["safe", "helped", "police_sent", "false_alarm"] as const;
const SHELF_MINUTES = [10, 30, 60];

type Props = { alarm: Standing; works: boolean; first?: boolean };

export function AlarmItem({ alarm, works, first = false }: Props) {
  const { t, say } = useText();
  const zone = useCell(session).city!.timezone;
  const { trouble, attempt } = useTrouble();
  const [asking, setAsking] = useState<"end" | "shelf" | null>(null);
  const key = `alarm:${alarm.key}`;
  const sending = usePending(key);
  const { crew, desk } = alarm;
  const incident = crew?.incident_id ?? desk?.incident_id;
  const time = (at: string) => timeOfDay(at, zone, false);
  const by = crew?.acknowledged_by ?? desk?.acknowledged_by;
  const at = crew?.acknowledged_at ?? desk?.acknowledged_at;
  return (
    <div className={`alarm ${crew ? "crew-alarm" : ""} ${alarm.sounding ? "sounding" : ""}`}>
      <span className="alarm-words" title={wordsOf(alarm, t, say)}><b>{wordsOf(alarm, t, say)}</b>
        <small> {t("alarms.since", { time: time(alarm.since) })}
          {alarm.escalatedAt && alarm.sounding && <strong> · ▲ {t("alarms.escalated", { time: time(alarm.escalatedAt) })}</strong>}
          {by && at && ` · ${t("alarms.taken", { who: by, time: time(at) })}`}</small></span>
      {crew && <button type="button" className="quiet" onClick={() => showUnit(crew)}>{t("crew_alarm.where")}</button>}
      {incident && <button type="button" className="quiet" onClick={() => selectIncident(incident)}>{t("alarms.show")}</button>}
      {works && alarm.sounding && (crew || desk) && (
        <button type="button" className="alarm-take" disabled={sending} onClick={() => void attempt(() => acknowledge(alarm))}>
          {t("alarms.take")}{first && <> <kbd>F8</kbd></>}</button>)}
      {works && crew && !alarm.sounding && <button type="button" className="quiet" aria-expanded={asking === "end"}
        onClick={() => setAsking(asking ? null : "end")}>{t("crew_alarm.end")}</button>}
      {works && desk?.kind === "unread" && <button type="button" className="quiet"
        onClick={() => void attempt(() => toldByRadio(desk.subject))}>{t("alarms.by_radio")}</button>}
      {works && desk && <button type="button" className="quiet" aria-expanded={asking === "shelf"}
        onClick={() => setAsking(asking ? null : "shelf")}>{t("alarms.shelve")}</button>}
      {asking === "end" && crew && ENDINGS.map((outcome) => (
        <button key={outcome} type="button" disabled={sending} onClick={() => void attempt(() => waiting.give(key, () => endAlarm(crew.id, outcome)))}>
          {known(t, "alarm_end", outcome)}</button>))}
      {asking === "shelf" && desk && <ShelfForm row={desk} done={() => setAsking(null)} />}
      <Notice trouble={trouble} />
    </div>
  );
}

/** Never without a reason and an end. */
function ShelfForm({ row, done }: { row: DeskAlarmRow; done: () => void }) {
  const { t } = useText();
  const { trouble, complain, attempt } = useTrouble();
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState(SHELF_MINUTES[0]!);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("alarms.needs_reason"));
    const until = new Date(clock.now() + minutes * 60_000 - 1000).toISOString();
    if (await attempt(() => shelve(row.id, until, reason.trim()))) done();
  }
  return (
    <form className="shelf-form" onSubmit={submit} noValidate>
      <input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200}
        placeholder={t("alarms.shelve_reason")} aria-label={t("alarms.shelve_reason")} />
      <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))} aria-label={t("alarms.shelve")}>
        {SHELF_MINUTES.map((count) => <option key={count} value={count}>{t("alarms.shelve_for", { count })}</option>)}
      </select>
      <button className="alarm-take">{t("alarms.shelve").replace("…", "")}</button>
      <button type="button" className="quiet" onClick={done}>{t("alarms.shelve_cancel")}</button>
      <Notice trouble={trouble} />
    </form>
  );
}

export function ShelvedItem({ row, works }: { row: DeskAlarmRow; works: boolean }) {
  const { t, say } = useText();
  const zone = useCell(session).city!.timezone;
  const { trouble, attempt } = useTrouble();
  return (
    <div className="alarm">
      <span className="alarm-words">{wordsOf({ desk: row }, t, say)}
        <small> {t("alarms.shelved", { who: row.shelved_by ?? "", time: timeOfDay(row.shelved_until ?? "", zone, false), reason: row.shelf_reason ?? "" })}</small></span>
      {works && <button type="button" className="quiet" onClick={() => void attempt(() => unshelve(row.id))}>{t("alarms.unshelve")}</button>}
      <Notice trouble={trouble} />
    </div>
  );
}
