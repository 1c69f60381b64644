/** What the centre wrote: each message stands until somebody aboard has tapped that it is read, with the line or without. */
import { useEffect, useMemo, useRef } from "react";

import { useRows } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import type { RunRow } from "../wire/rows";
import { chime } from "./chime";
import { tap, useOutbox } from "./errands";
import { notice } from "./notices";
import { useLost } from "./useLost";

const AGAIN_MS = 20_000;

export function Messages({ callsign, run }: { callsign: string; run: RunRow | undefined }) {
  const { t } = useText();
  const { city } = useCell(session);
  const { lost, keep } = useLost();
  const held = useOutbox();
  const all = useRows("messages");
  const own = useMemo(() => all.filter((row) => row.callsign === callsign)
    .sort((a, b) => a.sent_at.localeCompare(b.sent_at)), [all, callsign]);
  const tapped = [...held.waiting, ...held.answered.map((one) => one.kept)]
    .flatMap(({ order }) => (order.kind === "read" ? [order.message_id] : []));
  const unread = own.filter((row) => !row.read_at && !tapped.includes(row.id));
  const old = run ? own.filter((row) => row.run_id === run.id && !unread.includes(row)) : [];

  const tell = useRef(t); // another language is no news
  tell.current = t;
  const newest = unread.at(-1)?.id ?? null;
  useEffect(() => {
    if (!newest) return;
    chime("news");
    void notice("message", tell.current("crew.notice.message"), tell.current("crew.notice.look"));
    const timer = setInterval(() => chime("news"), AGAIN_MS); // until it is read
    return () => clearInterval(timer);
  }, [newest]);

  const time = (iso: string) => timeOfDay(iso, city!.timezone, false);
  return (
    <>
      <div role="alert">
        {unread.map((row) => (
          <section key={row.id} className="sheet-of-paper message">
            <small>{t("crew.message", { time: time(row.sent_at) })}</small>
            <p className="words">{row.words}</p>
            <button type="button" className="big primary" onClick={() => keep(tap({ kind: "read", message_id: row.id }))}>✓ {t("crew.message.read")}</button>
          </section>
        ))}
      </div>
      {old.length > 0 && (
        <details className="sheet-of-paper old-messages">
          <summary>{t("crew.message.old")} ({old.length})</summary>
          <ul>{old.map((row) => <li key={row.id}><small>{time(row.sent_at)}</small> {row.words}</li>)}</ul>
        </details>
      )}
      {lost}
    </>
  );
}
