/** A note, another priority, the end of an incident. Changes that need one ask for a reason. */
import { useState, type FormEvent } from "react";

import { PRIORITIES } from "../intake/PriorityChoice";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import type { IncidentRow, Priority } from "../wire/rows";

type Open = "priority" | "close" | null;

export function IncidentActions({ incident }: { incident: IncidentRow }) {
  const { t } = useText();
  const [note, setNote] = useState("");
  const [noteId, setNoteId] = useState(freshId);
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
    if (!(await give(() => api.addNote(incident.id, noteId, note.trim())))) return;
    setNote("");
    setNoteId(freshId());
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

  return (
    <div className="actions">
      <form className="with-button" onSubmit={write} noValidate>
        <input value={note} onChange={(event) => setNote(event.target.value)} placeholder={t("note.hint")}
          aria-label={t("note.hint")} required />
        <button disabled={sending}>{t("note.add")}</button>
        <button type="button" className="quiet" aria-expanded={open === "priority"}
          onClick={() => setOpen(open === "priority" ? null : "priority")}>{t("incident.priority")}</button>
        <button type="button" className="quiet" aria-expanded={open === "close"}
          onClick={() => setOpen(open === "close" ? null : "close")}>{t("incident.close")}</button>
      </form>
      {open && (
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
