/** The record of an incident: it only grows. */
import "./mendingTexts";

import { useEffect, useRef, useState } from "react";

import { store, useRow, useRows } from "../live";
import { looking, session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import * as api from "../wire/api";
import type { TimelineEntry } from "../wire/answers";

/** One question answers a burst of changes, ms. */
const BURST_MS = 150;

export function Timeline({ id }: { id: string }) {
  const { t, say } = useText();
  const { city } = useCell(session);
  const [entries, setEntries] = useState<TimelineEntry[] | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const incident = useRow("incidents", id);
  const runs = useRows("runs");
  const messages = useRows("messages");
  const version = `${incident?.seq}/${messages.filter((row) => row.incident_id === id).map((row) => row.seq).join()}/${runs.filter((run) => run.incident_id === id).map((run) => run.seq).join()}`;

  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    setTimeout(() => {
      asked.current = false;
      // A failed read keeps what is shown; the next change asks again. The record only grows: longer is newer.
      api.timeline(id).then((found) => setEntries((held) => (held && held.length > found.length ? held : found)), () => {});
    }, BURST_MS);
  }, [id, version]);
  useEffect(() => { box.current?.scrollTo({ top: box.current.scrollHeight }); }, [entries?.length]);

  // Of the past only what was known then: the answer is of today.
  const told = (entries ?? []).filter((entry) => !looking.back || entry.seq <= store.seq);

  return (
    <div className="timeline" role="region" aria-label={t("timeline.title")}>
      <h3 className="sub-head">{t("timeline.title")} <small>{t("timeline.grows")}</small></h3>
      <div className="scroll" ref={box} tabIndex={0} role="group" aria-label={t("timeline.title")}>
        {told.map((entry) => (
          <div key={`${entry.seq}${entry.topic}`} className="entry">
            <time>{timeOfDay(entry.at, city!.timezone)}</time>
            <span className="actor">{entry.actor ? known(t, "actor", entry.actor) : "—"}</span>
            <span>{say(entry.text)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
