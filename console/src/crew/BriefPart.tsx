/** What helps to find the door: what was noted there, what was dangerous there before, and whom to ring from the street. */
import { useCallback } from "react";

import { usePolled } from "../live/polled";
import { session } from "../shell/session";
import { Cell, useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { briefOf, type Brief } from "../wire/crew";
import type { IncidentRow, RunRow } from "../wire/rows";

const AGAIN_MS = 30_000;

/** The last one stays on the screen where the line is gone; it is kept on no disk. */
const last = new Cell<Brief | null>(null);

export function BriefPart({ run, incident }: { run: RunRow; incident: IncidentRow }) {
  const { t } = useText();
  const { city } = useCell(session);
  const ask = useCallback(() => briefOf(run.id).then((found) => { last.set(found); return found; }), [run.id]);
  usePolled(ask, AGAIN_MS, `${incident.seq} ${run.status}`);
  const told = useCell(last);
  if (told?.run_id !== run.id) return null;
  const { callers, notes, before, dangers } = told;
  if (callers.length + notes.length + before.length + dangers.length === 0) return null;
  return (
    <section className="sheet-of-paper brief" aria-label={t("crew.brief")}>
      {notes.map((note) => (
        <p key={`${note.at} ${note.text}`}><small>{t("crew.brief.note", { time: timeOfDay(note.at, city!.timezone, false) })}</small> <b>{note.text}</b></p>
      ))}
      {dangers.map((one) => (
        <p key={one.incident_number} className="hot"><span aria-hidden="true">▲ </span>{t("crew.brief.danger", { danger: one.danger, number: one.incident_number })}</p>
      ))}
      {before.map((note) => <p key={`${note.at} ${note.text}`}><small>{t("crew.brief.before", { number: note.incident_number })}</small> {note.text}</p>)}
      {callers.map((caller) => (
        <a key={caller.call_id} className="big-link" href={`tel:${caller.phone.replace(/[^+\d]/g, "")}`}>
          {t("crew.brief.ring", { who: caller.caller_name || caller.phone })}</a>
      ))}
    </section>
  );
}
