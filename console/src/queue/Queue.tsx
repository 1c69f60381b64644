/** The most urgent that wait stand fast on top; then calls nobody has dealt with to the end, and all other incidents. */
import { memo, useMemo, useRef } from "react";

import { useRows } from "../live";
import { useSecond } from "../live/ticker";
import { inOrderSent } from "../boards/milestones";
import { useCell } from "../store/cell";
import { usePending } from "../store/pending";
import { assess, desk } from "../intake/draft";
import { turn } from "../patients/openSheet";
import { atDesk, session } from "../shell/session";
import { More } from "../shell/More";
import { selectIncident, selection } from "../shell/selection";
import { Timer } from "../shell/Timer";
import { known, useText } from "../text/i18n";
import type { CallRow, IncidentRow } from "../wire/rows";
import { callsInOrder, countsFrom, inOrder, waits, waitsUrgently } from "./order";
import { PriorityBadge } from "./PriorityBadge";

export function Queue() {
  const { t } = useText();
  const { me } = useCell(session);
  const incidents = useRows("incidents");
  const calls = useRows("calls");
  const rows = useMemo(() => inOrder(incidents), [incidents]);
  // Who waits behind comes up as time passes: looked at again each ten seconds.
  const tens = Math.floor(useSecond() / 10);
  const open = useMemo(() => callsInOrder(calls, tens * 10_000), [calls, tens]);
  const [urgent, others] = useMemo(() => [rows.filter(waitsUrgently), rows.filter((row) => !waitsUrgently(row))], [rows]);
  const lines = useRef<HTMLDivElement>(null);
  const waitingCount = rows.filter(waits).length;
  return (
    <section className="panel queue" aria-label={t("queue.title")}>
      <header className="panel-head">
        <h2>{t("queue.title")}</h2>
        <span className="head-fact"><b className={waitingCount > 0 ? "hot" : ""}>{t("queue.waiting", { count: waitingCount })}</b>
          {" · "}{t("queue.worked", { count: rows.length - waitingCount })}</span>
        <kbd>F3</kbd>
      </header>
      {urgent.length > 0 && <div className="urgent"><div className="urgent-lines" ref={lines}>{urgent.map((incident) => <IncidentLine key={incident.id} incident={incident} />)}</div>
        <More list={lines} of=".line" say="queue.more" /></div>}
      <div className="scroll">
        {open.length > 0 && <h3 className="sub-head">{t("queue.calls", { count: open.length })}</h3>}
        {open.map((one) => <CallLine key={one.call.id} {...one} />)}
        {open.length > 0 && others.length > 0 && <h3 className="sub-head">{t("queue.incidents")}</h3>}
        {others.map((incident) => <IncidentLine key={incident.id} incident={incident} />)}
        {rows.length === 0 && <p className="nothing">{t("queue.empty")}</p>}
        {atDesk(me) && waitingCount > 1 && <button type="button" className="batch-open" onClick={() => turn("batch")}>{t("batch.open", { count: waitingCount })}</button>}
      </div>
    </section>
  );
}

// A line is drawn again when its own row changes, not with each fact of the night.
const CallLine = memo(function CallLine({ call, behind, bundled }: { call: CallRow; behind: boolean; bundled: number }) {
  const { t } = useText();
  const here = useCell(desk).call === call.id;
  return (
    <button type="button" className={`line call-line ${here ? "selected" : ""} ${behind ? "behind" : ""}`} aria-current={here}
      onClick={() => assess(call.id)}>
      <span className="badge call-badge">{t("call.badge")}</span>
      <span className="line-main"><b>{call.complaint}</b><small>{[behind ? `▲ ${t("call.suspected")}` : "", call.phone, bundled > 0 ? t("call.bundled", { count: bundled }) : "", call.address]
        .filter(Boolean).join(" · ")}</small></span>
      <Timer since={call.received_at} amber={60} red={180} />
    </button>
  );
});

const ENDED = ["clear", "declined", "stood_down"];

const IncidentLine = memo(function IncidentLine({ incident }: { incident: IncidentRow }) {
  const { t, say } = useText();
  const { targets } = useCell(session).city!;
  const here = useCell(selection).incident === incident.id;
  const sending = usePending(`send:${incident.id}`);
  const waiting = waits(incident);
  const units = inOrderSent(incident.runs.filter((run) => !ENDED.includes(run.status)), (run) => run.assigned_at).map((run) => run.callsign);
  const after = [!waiting && known(t, "incident", incident.status), incident.address].filter(Boolean).join(" · ");
  return (
    <button type="button" className={`line ${here ? "selected" : ""} ${sending ? "sending" : ""}`} aria-current={here}
      onClick={() => selectIncident(incident.id)}>
      <PriorityBadge priority={incident.priority} />
      <span className="number">#{incident.number}</span>
      <span className="line-main">
        <b>{incident.complaint || (incident.determinant_title && say(incident.determinant_title)) || "—"}</b>
        <small>
          {units.length > 0 && <strong>{units.join(" ")}</strong>}
          {units.length > 0 && after && " · "}
          {after}
        </small>
      </span>
      <span className="line-side">
        <Timer since={countsFrom(incident)}
          amber={waiting ? targets.queue[incident.priority].amber_s : undefined}
          red={waiting ? targets.queue[incident.priority].red_s : undefined} />
        {sending && <small>{t("sending")}</small>}
      </span>
    </button>
  );
});
