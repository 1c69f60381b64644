/** A note, another priority, how much is sent, what threatens the crews, the place, one incident or two, the end. Changes that need one ask for a reason. */
import { Suspense, useEffect, useRef, useState, type FormEvent } from "react";

import { PRIORITIES } from "../intake/PriorityChoice";
import { AlarmLevel } from "./AlarmLevel";
import { Danger } from "./Danger";
import { CorrectPlace, Together } from "./forms";
import { Notice, useTrouble } from "../shell/Notice";
import { OneOrder } from "../recommend/oneOrder";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import type { IncidentRow, Priority } from "../wire/rows";

const CHANGES = ["priority", "level", "danger", "place", "together", "close"] as const;
type Open = (typeof CHANGES)[number] | null;

export function IncidentActions({ incident }: { incident: IncidentRow }) {
  const { t } = useText();
  const [note, setNote] = useState("");
  const [noted] = useState(() => new OneOrder<string>());
  const [open, setOpen] = useState<Open>(null);
  const [priority, setPriority] = useState<Priority>(incident.priority);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `incident:${incident.id}`;
  const sending = usePending(key);
  const give = (order: () => Promise<{ seq: number }>) => attempt(() => waiting.give(key, order));

  async function write(event: FormEvent) {
    event.preventDefault();
    if (note.trim() === "") return complain(t("needs.note"));
    const text = note.trim();
    if (!(await give(() => noted.give(text, freshId, (id) => api.addNote(incident.id, id, text))))) return;
    setNote((now) => (now.trim() === text ? "" : now));
  }

  async function change(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    const done = await give(() => open === "close"
      ? api.closeIncident(incident.id, reason.trim())
      : api.setPriority(incident.id, priority, reason.trim()));
    if (!done) return;
    setOpen(null);
    setReason("");
  }

  // Somebody else was faster: there is nothing left to change, and no form that pretends there is.
  const over = incident.closed_at !== null || incident.status === "merged";
  useEffect(() => { if (over) setOpen(null); }, [over]);

  // What was asked for is brought into sight: the panel is low, and its end lies below it.
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (open) box.current?.scrollIntoView?.({ block: "end" }); }, [open]);

  return (
    <div className="actions" ref={box}>
      <form className="with-button" onSubmit={write} noValidate>
        <input value={note} onChange={(event) => setNote(event.target.value)} placeholder={t("note.hint")}
          aria-label={t("note.hint")} required />
        <button disabled={sending}>{t("note.add")}</button>
      </form>
      {!over && (
        <div className="changes">{CHANGES.map((one) => (
          <button key={one} type="button" className="quiet" aria-expanded={open === one}
            onClick={() => setOpen(open === one ? null : one)}>{t(`incident.${one}`)}</button>
        ))}</div>
      )}
      {open === "level" && <AlarmLevel incident={incident} done={() => setOpen(null)} />}
      {open === "danger" && <Danger incident={incident} done={() => setOpen(null)} />}
      <Suspense fallback={null}>
        {open === "place" && <CorrectPlace incident={incident} done={() => setOpen(null)} />}
        {open === "together" && <Together incident={incident} done={() => setOpen(null)} />}
      </Suspense>
      {(open === "priority" || open === "close") && (
        <form className="with-button" onSubmit={change} noValidate>
          {open === "priority" && (
            <select value={priority} aria-label={t("assess.priority")} onChange={(event) => setPriority(event.target.value as Priority)}>
              {PRIORITIES.map((one) => <option key={one}>{one}</option>)}
            </select>
          )}
          <input value={reason} onChange={(event) => setReason(event.target.value)} required placeholder={t("reason")}
            aria-label={t("reason")} />
          <button className={open === "close" ? "danger" : ""} disabled={sending}>
            {t(open === "close" ? "incident.close_now" : "incident.change_now")}
          </button>
        </form>
      )}
      <Notice trouble={trouble} />
    </div>
  );
}
