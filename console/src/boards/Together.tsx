/** One emergency or two: a call that was joined by mistake goes its own way, two incidents become one, or two again. */
import { useMemo, useState } from "react";

import { metresBetween } from "../intake/position";
import { useRows } from "../live";
import { useSecond } from "../live/ticker";
import { PriorityBadge } from "../queue/PriorityBadge";
import { isOpen } from "../queue/order";
import { Notice, useTrouble } from "../shell/Notice";
import { selectIncident } from "../shell/selection";
import { usePending, waiting } from "../store/pending";
import { distance, since } from "../text/format";
import { ago, useText } from "../text/i18n";
import { mergeIncident, separateCall, unmergeIncident } from "../wire/mending";
import type { IncidentRow } from "../wire/rows";
import { useInSight } from "./inSight";

/** Nobody looks for the other half of an emergency further down. */
const SHOWN = 5;

export function Together({ incident, done }: { incident: IncidentRow; done: () => void }) {
  const { t, language } = useText();
  const [into, setInto] = useState<IncidentRow | null>(null);
  const box = useInSight<HTMLDivElement>(into);
  const incidents = useRows("incidents");
  const calls = useRows("calls");
  const now = useSecond();
  const { trouble, attempt } = useTrouble();
  const key = `incident:${incident.id}`;
  const sending = usePending(key);
  const give = (order: () => Promise<{ seq: number }>) => attempt(() => waiting.give(key, order));
  const others = useMemo(() => incidents.filter((one) => isOpen(one) && one.id !== incident.id)
    .map((one) => ({ one, metres: metresBetween(one.position, incident.position) }))
    .sort((a, b) => a.metres - b.metres).slice(0, SHOWN), [incidents, incident]);
  const ours = calls.filter((call) => incident.call_ids.includes(call.id));

  async function merge() {
    if (!into || !(await give(() => mergeIncident(incident.id, into.id)))) return;
    selectIncident(into.id);
    done();
  }

  return (
    <div ref={box} className="together mending">
      {ours.length > 1 && <h4 className="sub-head">{t("together.calls")}</h4>}
      {ours.length > 1 && ours.map((call) => (
        <div key={call.id} className="together-line">
          <span className="grow">“{call.complaint}” <small>{call.phone} · {ago(t, since(call.received_at, now))}</small></span>
          <button type="button" disabled={sending} onClick={() => void give(() => separateCall(call.id))}>{t("together.separate")}</button>
        </div>
      ))}
      {incident.merged.length > 0 && <h4 className="sub-head">{t("together.merged")}</h4>}
      {incident.merged.map((one) => (
        <div key={one.id} className="together-line">
          <span className="grow">#{one.number}</span>
          <button type="button" disabled={sending} onClick={() => void give(() => unmergeIncident(one.id))}>{t("together.unmerge", { number: one.number })}</button>
        </div>
      ))}
      <h4 className="sub-head">{t("together.same")}</h4>
      {others.length === 0 && <p className="faint">{t("together.alone")}</p>}
      {others.map(({ one, metres }) => (
        <div key={one.id} className="together-line">
          <PriorityBadge priority={one.priority} />
          <span className="grow">#{one.number} {one.complaint} <small>{distance(metres, language)} · {ago(t, since(one.opened_at, now))}</small></span>
          <button type="button" aria-pressed={into?.id === one.id} onClick={() => setInto(into?.id === one.id ? null : one)}>{t("together.choose", { number: one.number })}</button>
        </div>
      ))}
      {into && <button type="button" className="danger" disabled={sending} onClick={() => void merge()}>
        {t("together.merge", { number: incident.number, into: into.number })}</button>}
      <Notice trouble={trouble} />
    </div>
  );
}
