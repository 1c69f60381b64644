/** One transfer: from where to where, who, how far it is, and what may be said about it now. */
import { useState, type FormEvent } from "react";

import { useRow, useRows } from "../live";
import { PriorityBadge } from "../queue/PriorityBadge";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeAndDay, timeOfDay } from "../text/format";
import { bedName, known, useText } from "../text/i18n";
import { useSecond } from "../live/ticker";
import * as care from "../wire/care";
import type { Priority, TransferRow } from "../wire/rows";
import { useHospitalNames } from "./names";
import { mayCancel, mayDecide } from "./state";

type Props = { row: TransferRow; mode: care.TransferMode["mode"]; show?: (incident: string) => void };
type Asking = "reject" | "cancel" | null;

export function TransferLine({ row, mode, show }: Props) {
  const { t, language } = useText();
  const { me, city } = useCell(session);
  const { name } = useHospitalNames();
  const now = useSecond();
  const [asking, setAsking] = useState<Asking>(null);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `transfer:${row.id}`;
  const sending = usePending(key);
  const give = (order: () => Promise<{ seq: number }>) => attempt(() => waiting.give(key, order));
  const decides = mayDecide(me, row, mode);
  const told = row.packet as { age_years?: number; sex?: string; condition?: string; equipment?: string };
  const when = (at: string) => timeAndDay(at, city!.timezone, language, now);

  async function withReason(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    const done = await give(() => asking === "reject"
      ? care.decideTransfer(row.id, false, reason.trim()) : care.cancelTransfer(row.id, reason.trim()));
    if (done) setAsking(null);
  }

  return (
    <li className={`transfer ${row.state} ${sending ? "sending" : ""}`}>
      <div className="transfer-head">
        <PriorityBadge priority={row.priority as Priority} />
        <b className="grow">{name(row.from_hospital_id)} <span aria-hidden="true">→</span><span className="unseen">{t("transfer.to")}</span> {name(row.to_hospital_id)}</b>
        <span className={`transfer-state ${row.state}`}>{known(t, "transfer_state", row.state)}</span>
      </div>
      <p>{[bedName(city!.bed_kinds, row.bed_kind, language, t), told.age_years !== undefined && t("prealert.age", { years: told.age_years }),
        told.sex && known(t, "sex", told.sex), told.condition, told.equipment].filter(Boolean).join(" · ")}</p>
      <p className="faint">{[t("transfer.asked", { time: when(row.requested_at), who: row.requested_by }), row.phone && t("transfer.phone", { phone: row.phone }),
        row.not_before && t("transfer.not_before_at", { time: when(row.not_before) }),
        row.decided_by && t("transfer.decided", { who: row.decided_by }), row.reason && `“${row.reason}”`].filter(Boolean).join(" · ")}</p>
      {row.incident_id && <Course incident={row.incident_id} number={row.incident_number!} show={show} />}
      {row.state === "requested" && !decides && <p className="faint">{t(mode === "wartime" ? "transfer.waits_coordinator" : "transfer.waits_hospital")}</p>}
      <div className="row-of-buttons">
        {decides && <button type="button" className="primary" disabled={sending} onClick={() => void give(() => care.decideTransfer(row.id, true))}>{t("transfer.approve")}</button>}
        {decides && <button type="button" disabled={sending} aria-expanded={asking === "reject"} onClick={() => setAsking(asking === "reject" ? null : "reject")}>{t("transfer.reject")}</button>}
        {mayCancel(me, row) && <button type="button" className="quiet" disabled={sending} aria-expanded={asking === "cancel"}
          onClick={() => setAsking(asking === "cancel" ? null : "cancel")}>{t("transfer.cancel")}</button>}
      </div>
      {asking && (
        <form className="with-button" onSubmit={(event) => void withReason(event)} noValidate>
          <input value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t("reason")} aria-label={t("reason")} required />
          <button disabled={sending}>{t(asking === "reject" ? "transfer.reject_now" : "transfer.cancel_now")}</button>
        </form>
      )}
      <Notice trouble={trouble} />
    </li>
  );
}

/** What it became: the incident, the unit that drives, the bed that is held. */
function Course({ incident, number, show }: { incident: string; number: number; show?: (incident: string) => void }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  const runs = useRows("runs").filter((run) => run.incident_id === incident && !run.milestones.stood_down && !run.milestones.declined);
  const hospital = useRow("hospitals", runs[0]?.hospital_id);
  const hold = hospital?.inbound.find((one) => one.run_id === runs[0]?.id)?.hold_until;
  return (
    <p className="transfer-course">
      {show ? <button type="button" className="link" onClick={() => show(incident)}>{t("transfer.incident", { number })}</button> : t("transfer.incident", { number })}
      {runs.map((run) => <span key={run.id}> · <b className="callsign">{run.callsign}</b> {known(t, "run", run.status)}
        {run.bed_kind && <> · {bedName(city!.bed_kinds, run.bed_kind, language, t)}</>}</span>)}
      {runs.length === 0 && show && <span className="amber"> · ▲ {t("transfer.no_unit")}</span>}
      {hold && <span> · {t("inbound.held", { time: timeOfDay(hold, city!.timezone, false) })}</span>}
    </p>
  );
}
