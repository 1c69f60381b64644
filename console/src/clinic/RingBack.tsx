/** One patient being rung back: who, what was answered before, what is found now, and how it ends. */
import { useEffect, useState } from "react";

import { emptyAssessment, desk, leaveCall } from "../intake/draft";
import { Triage } from "../intake/Triage";
import { useRow } from "../live";
import { OneOrder } from "../recommend/oneOrder";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { Timer } from "../shell/Timer";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { known, useText } from "../text/i18n";
import "../text/openedTexts";
import type { WaitingRow } from "../wire/answers";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import { held } from "./held";

const FINDINGS = ["unchanged", "worse", "better", "no_answer"] as const;
const ENDINGS = ["advice_only", "referred", "self_transport", "no_ambulance_needed"] as const;
/** A claim lasts a little longer than a minute: it is renewed while the card is open, ms. */
const CLAIM_MS = 60_000;

export function RingBack({ row, leave }: { row: WaitingRow; leave: () => void }) {
  const { t } = useText();
  const { me } = useCell(session);
  const call = useRow("calls", row.call_id);
  const incident = useRow("incidents", row.kind === "incident" ? row.id : null);
  const held_answers = useCell(desk).assessments[row.call_id] ?? emptyAssessment();
  const { trouble, attempt } = useTrouble();
  const [note, setNote] = useState("");
  const [finding, setFinding] = useState<(typeof FINDINGS)[number] | null>(null);
  const [one] = useState(() => new OneOrder<string>());
  const key = `clinic:${row.id}`;
  const sending = usePending(key);
  const alone = row.kind === "call";
  const other = held(call ?? row, me?.username ?? "");
  const words = note.trim() || undefined;

  // Other clinicians see who has it; a claim that is somebody else's is only taken when it is asked for.
  useEffect(() => {
    if (!alone) return;
    const claim = () => void attempt(() => api.claimCall(row.call_id, false));
    claim();
    const timer = setInterval(claim, CLAIM_MS);
    return () => clearInterval(timer);
  }, [attempt, row.call_id, alone]);

  async function end(order: () => Promise<{ seq: number }>) {
    if (!(await attempt(() => waiting.give(key, order)))) return;
    leaveCall(row.call_id, true);
    leave();
  }

  async function putBack() {
    if (alone && !other) await attempt(() => api.releaseCall(row.call_id));
    leave();
  }

  return (
    <div className="fields ring-back scroll">
      <div className="wide call-facts">
        <p><b>{row.complaint}</b></p>
        <p>{row.phone ? <a className="ring" href={`tel:${row.phone.replace(/[^\d+]/g, "")}`}>{row.phone}</a> : "—"} {row.address && ` · ${row.address}`}</p>
        <p className="faint">{known(t, "clinic_why", row.why)}{row.reason && ` · “${row.reason}”`} · <Timer since={row.since} /></p>
        {incident && <p className="faint">#{incident.number} · {known(t, "incident", incident.status)}</p>}
      </div>
      {other && (
        <div className="wide wrong">{t("clinic.held", { who: other })}{" "}
          <button type="button" onClick={() => void attempt(() => api.claimCall(row.call_id, true))}>{t("clinic.take_over")}</button></div>
      )}
      <Triage call={row.call_id} held={held_answers} />
      {!alone && (
        <fieldset className="wide question"><legend>{t("clinic.finding")}</legend>
          <div className="answers">{FINDINGS.map((one) => (
            <label key={one} className={finding === one ? "answer on" : "answer"}>
              <input type="radio" name="finding" checked={finding === one} onChange={() => setFinding(one)} />{known(t, "finding", one)}
            </label>
          ))}</div>
        </fieldset>
      )}
      <div className="wide finish">
        <label className="field">{t("clinic.note")}
          <input value={note} onChange={(event) => setNote(event.target.value)} autoComplete="off" />
        </label>
        <Notice trouble={trouble} />
        {!alone && <button type="button" className="primary" disabled={sending || finding === null}
          onClick={() => void end(() => {
            const found = { finding: finding!, note: words, call_id: row.call_id };
            return one.give(JSON.stringify(found), freshId, (id) => api.safetyCall(row.id, { id, ...found }));
          })}>
          {sending ? t("sending") : t("clinic.record")}</button>}
        <p className="sub-head">{t("clinic.ends")}</p>
        <div className="row-of-buttons">
          {ENDINGS.map((one) => (
            <button key={one} type="button" disabled={sending}
              onClick={() => void end(() => (alone ? api.endCall(row.call_id, one, words) : api.endIncident(row.id, one, words)))}>
              {known(t, "outcome", one)}
            </button>
          ))}
        </div>
        <div className="row-of-buttons"><button type="button" className="quiet" onClick={() => void putBack()}>{t("clinic.back")}</button></div>
      </div>
    </div>
  );
}
