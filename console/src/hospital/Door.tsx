/** At the door: who stands there now and for how long, and how long crews waited here in the last day. */
import { useCallback } from "react";

import { usePolled } from "../live/polled";
import { useSecond } from "../live/ticker";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { since, span } from "../text/format";
import { useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";
import type { HospitalRow } from "../wire/rows";
import * as ward from "../wire/ward";

const EVERY_MS = 30_000;

export function Door({ row }: { row: HospitalRow }) {
  const { t } = useText();
  const limits = useCell(session).city!.targets.handover;
  const now = useSecond();
  const ask = useCallback(() => ward.handovers(row.id), [row.id]);
  const { value } = usePolled(ask, EVERY_MS, `${row.seq}`);
  if (!value) return null;
  return (
    <section className="inbound door" aria-label={t("door.title")}>
      <h2>{t("door.title")} <small>{value.queue.length}</small></h2>
      <ul>{value.queue.map((one) => {
        const waited = since(one.arrived_at, now);
        const state = level(waited, limits.amber_s, limits.red_s);
        return <li key={one.run_id}><b className="callsign">{one.callsign}</b>
          <b className={`grow ${state}`}>{MARK[state]} {t("door.waits", { time: span(waited) })}</b></li>;
      })}</ul>
      {value.queue.length === 0 && <p className="faint">{t("door.nobody")}</p>}
      <p className="faint">{value.count === 0 ? t("door.none_today") : t("door.figures", {
        count: value.count, half: span(value.p50_s!), most: span(value.p90_s!), late: value.late, limit: span(value.late_s) })}</p>
    </section>
  );
}
