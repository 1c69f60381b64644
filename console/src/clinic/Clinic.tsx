/** The clinicians' desk: whom to ring back, the most urgent first, and what came of it. They send nobody. */
import { useMemo, useState } from "react";
import { en, vi } from "virtual:texts/clinic";

import { useRow, useRows } from "../live";
import { usePolled } from "../live/polled";
import { PriorityBadge } from "../queue/PriorityBadge";
import { session } from "../shell/session";
import { selectIncident } from "../shell/selection";
import { Timer } from "../shell/Timer";
import { useCell } from "../store/cell";
import { addTexts, known, useText } from "../text/i18n";
import "../text/openedTexts";
import type { WaitingRow } from "../wire/answers";
import * as api from "../wire/api";
import type { Priority } from "../wire/rows";
import { held } from "./held";
import { RingBack } from "./RingBack";

addTexts({ vi, en });

const EVERY_MS = 10_000;

export function Clinic() {
  const { t } = useText();
  const calls = useRows("calls");
  const incidents = useRows("incidents");
  const version = useMemo(() => [...calls, ...incidents].map((row) => `${row.id}${row.seq}`).join(), [calls, incidents]);
  const { value, again } = usePolled(api.clinicianQueue, EVERY_MS, version);
  const [open, setOpen] = useState<WaitingRow | null>(null);
  const rows = value ?? [];
  return (
    <section className="panel intake clinic" aria-label={t("clinic.title")}>
      <header className="panel-head"><h2>{t("clinic.title")}</h2><span className="head-fact">{t("clinic.due", { count: rows.length })}</span></header>
      {open ? <RingBack key={open.id} row={rows.find((row) => row.id === open.id) ?? open} leave={() => { setOpen(null); again(); }} /> : (
        <div className="scroll">
          {rows.map((row) => <Waiting key={row.id} row={row} take={() => setOpen(row)} />)}
          {value !== null && rows.length === 0 && <p className="nothing">{t("clinic.empty")}</p>}
        </div>
      )}
    </section>
  );
}

function Waiting({ row, take }: { row: WaitingRow; take: () => void }) {
  const { t, say } = useText();
  const { me } = useCell(session);
  const call = useRow("calls", row.call_id);
  const by = held(call ?? row, me?.username ?? "");
  function open() {
    if (row.kind === "incident") selectIncident(row.id);
    take();
  }
  return (
    <button type="button" className={`line ${by ? "behind" : ""}`} onClick={open}>
      {row.priority ? <PriorityBadge priority={row.priority as Priority} /> : <span className="badge call-badge">{t("call.badge")}</span>}
      <span className="line-main"><b>{row.complaint || (row.determinant_title ? say(row.determinant_title) : "—")}</b>
        <small>{[known(t, "clinic_why", row.why), row.reason ? `“${row.reason}”` : "", row.phone,
          row.last_finding ? t("clinic.last", { finding: known(t, "finding", row.last_finding) }) : "",
          by ? t("clinic.held", { who: by }) : ""].filter(Boolean).join(" · ")}</small></span>
      <Timer since={row.since} />
    </button>
  );
}
