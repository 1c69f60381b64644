/** Step two: the stored call is assessed, then joins an incident nearby or opens its own. */
import { useEffect, useRef, useState, type FormEvent } from "react";

import { useRow } from "../live";
import { OneOrder } from "../recommend/oneOrder";
import { usePending, waiting } from "../store/pending";
import { useCell } from "../store/cell";
import { pair, timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import "../text/openedTexts";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { selectIncident, turned } from "../shell/selection";
import { Timer } from "../shell/Timer";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import { Before } from "./Before";
import { PriorityChoice } from "./PriorityChoice";
import { changeAssessment, desk, emptyAssessment, leaveCall } from "./draft";
import { leaveForNext } from "./leave";
import { NearbyIncidents } from "./NearbyIncidents";
import { readPosition } from "./position";
import { Triage } from "./Triage";
import { Suspicion } from "./Suspicion";
import { WhereField } from "./WhereField";

export function AssessCall({ id }: { id: string }) {
  const { t } = useText();
  const call = useRow("calls", id);
  const { city } = useCell(session);
  const held = useCell(desk).assessments[id] ?? emptyAssessment();
  const { trouble, setTrouble, complain, attempt } = useTrouble();
  const sending = usePending(`open:${id}`);
  const [closing, setClosing] = useState(false);
  const [noted] = useState(() => new OneOrder<string>());
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.focus(), []);

  const joined = call?.incident_id ?? null;
  const known = call?.position ? pair(call.position) : "";
  const where = held.where || known;
  const priority = held.priority ?? call?.priority ?? null;

  // What was missing is there now, or what was refused has changed.
  useEffect(() => setTrouble(null), [setTrouble, where, priority]);

  async function open(event: FormEvent) {
    event.preventDefault();
    const position = readPosition(where);
    if (!position) return complain(t("assess.needs_position"));
    if (!priority) return complain(t("assess.needs_priority"));
    const opened = await attempt(() => waiting.give(`open:${id}`, async () => {
      if (!call?.position) await api.placeCall(id, position);
      const incident = { id: held.incident_id, call_id: id, position, patients: held.patients };
      // A priority chosen by hand stands; otherwise the determinant carries its own.
      return api.openIncident(held.priority === null && held.determinant
        ? { ...incident, determinant: held.determinant } : { ...incident, priority });
    }));
    if (!opened) return;
    const incident = opened.id ?? held.incident_id;
    if (!(await takeAlong(incident))) return;
    selectIncident(incident);
    turned.set(incident);
    // A threat to life is sent for first; the questions go on while somebody drives.
    if (!(held.told?.send_now && !held.told.settled)) leaveCall(id, true);
  }

  /** What was typed while the call was stored. False where it could not be noted: then the form stays. */
  async function takeAlong(incident: string): Promise<boolean> {
    const more = desk.get().assessments[id]?.more?.trim();
    if (!more) return true;
    if (!(await attempt(() => noted.give(more, freshId, (note) => api.addNote(incident, note, more))))) return false;
    changeAssessment(id, { more: "" });
    return true;
  }

  async function join(incident: string) {
    if (!(await attempt(() => waiting.give(`open:${id}`, () => api.joinCall(id, incident))))) return;
    if (!(await takeAlong(incident))) return;
    leaveCall(id, true);
    selectIncident(incident);
    turned.set(incident);
  }

  async function close(outcome: api.Outcome) {
    if (await attempt(() => waiting.give(`open:${id}`, () => api.closeCall(id, outcome)))) leaveForNext(id, true);
  }

  async function refer() {
    if (await attempt(() => waiting.give(`open:${id}`, () => api.referCall(id)))) leaveForNext(id, true);
  }

  async function finish(incident: string) {
    if (!(await takeAlong(incident))) return;
    selectIncident(incident);
    leaveForNext(id, true);
  }

  return (
    <form ref={box} className="fields" tabIndex={-1} onSubmit={open} noValidate>
      {!joined && held.told?.send_now && (
        <div className="wide send-first">
          <p className="send-now" role="status"><span aria-hidden="true">■ </span>{t("triage.send_now")}</p>
          <OpenButton sending={sending} />
        </div>
      )}
      <div className="wide call-facts">
        <p><b>{call?.complaint ?? "…"}</b></p>
        <p>{[call?.phone, call?.caller_name, call?.address].filter(Boolean).join(" · ")}</p>
        {call && <p className="faint">{t("call.received", { time: timeOfDay(call.received_at, city!.timezone) })} · <Timer since={call.received_at} /></p>}
      </div>
      {held.more !== undefined && held.more !== "" && (
        <label className="field wide" data-kept>{t("assess.more")}
          <input value={held.more} autoComplete="off" onChange={(event) => changeAssessment(id, { more: event.target.value })} /></label>
      )}
      {call && <Suspicion call={call} />}
      {!joined && <NearbyIncidents nearby={held.nearby} join={join} busy={sending} />}
      {!known && <WhereField value={held.where} change={(text) => changeAssessment(id, { where: text })} />}
      <Before at={readPosition(where)} except={joined} />
      <Triage call={id} held={held} />
      {joined && (
        <div className="wide finish">
          <Notice trouble={trouble} />
          <button type="button" className="primary" onClick={() => void finish(joined)}>{t("assess.asked")}</button>
        </div>
      )}
      {!joined && <div className="wide finish">
        <PriorityChoice value={priority} choose={(chosen) => changeAssessment(id, { priority: chosen })} />
        <Notice trouble={trouble} />
        <OpenButton sending={sending} />
        <div className="row-of-buttons">
          <button type="button" className="quiet" onClick={() => leaveForNext(id, false)}>{t("assess.later")}</button>
          <button type="button" className="quiet" aria-expanded={closing} onClick={() => setClosing(!closing)}>
            {t("assess.close")}
          </button>
          <label className="field inline">{t("assess.patients")}
            <input type="number" min={1} max={999} value={held.patients}
              onChange={(event) => changeAssessment(id, { patients: Math.min(999, Math.max(1, Math.floor(Number(event.target.value)) || 1)) })} />
          </label>
        </div>
        {closing && (
          <div className="row-of-buttons">
            {(["nuisance", "silent", "duplicate", "advice_only", "no_emergency"] as const).map((outcome) => (
              <button key={outcome} type="button" disabled={sending} onClick={() => close(outcome)}>
                {t(`close.${outcome}`)}
              </button>
            ))}
            <button type="button" disabled={sending} onClick={() => void refer()}>{t("close.refer")}</button>
          </div>
        )}
      </div>}
    </form>
  );
}

/** At the foot of the form; and at its head, in sight wherever one reads, once a threat to life is known. */
function OpenButton({ sending }: { sending: boolean }) {
  const { t } = useText();
  return <button className="primary" disabled={sending}>{sending ? t("sending") : <>{t("assess.open")} <kbd>Enter</kbd></>}</button>;
}
