/** All that wait and all that are free, at once: who should go where. Each pair is an order of its own, or all in a row. */
import { useCallback, useEffect, useState } from "react";

import "../boards/mendingTexts";
import { useRow } from "../live";
import { Sheet } from "../patients/Sheet";
import { PriorityBadge } from "../queue/PriorityBadge";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { selectIncident } from "../shell/selection";
import { useCell } from "../store/cell";
import { usePending } from "../store/pending";
import { distance, span, timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import "../text/openedTexts";
import type { Priority } from "../wire/rows";
import { proposeBatch, type Batch, type Pair } from "../wire/mending";
import { sendPair } from "./sendPair";

export function BatchPanel() {
  const { t, say } = useText();
  const { city } = useCell(session);
  const [batch, setBatch] = useState<Batch | null>(null);
  const [failed, setFailed] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const { trouble, attempt } = useTrouble();

  const propose = useCallback(async () => {
    setFailed({});
    setBatch((await attempt(proposeBatch)) ?? null);
  }, [attempt]);
  useEffect(() => { void propose(); }, [propose]);

  async function send(pair: Pair) {
    const why = await sendPair(pair, t("batch.reason"));
    setFailed(({ [pair.incident_id]: _, ...others }) => (why ? { ...others, [pair.incident_id]: why } : others));
  }

  async function sendAll() {
    setBusy(true);
    // One after the other: what one takes, the next is told.
    for (const pair of batch?.pairs ?? []) await send(pair);
    setBusy(false);
  }

  return (
    <Sheet title={t("batch.title")}>
      <div className="sheet-facts">
        <span className="grow">{batch && t("batch.found", { incidents: batch.incidents, units: batch.units })}</span>
        {batch && <span className="head-fact">{t("advice.at", { time: timeOfDay(batch.at, city!.timezone) })}</span>}
        <button type="button" className="quiet" disabled={busy} onClick={() => void propose()}>{t("batch.again")}</button>
      </div>
      <div className="scroll batch">
        <Notice trouble={trouble} />
        {batch?.pairs.map((pair) => (
          <PairLine key={pair.incident_id} pair={pair} why={failed[pair.incident_id]} busy={busy} send={() => void send(pair)} />
        ))}
        {batch && batch.unserved.length > 0 && <h3 className="sub-head">{t("batch.left")}</h3>}
        {batch?.unserved.map((left) => (
          <div key={left.incident_id} className="batch-line left">
            <PriorityBadge priority={left.priority as Priority} />
            <button type="button" className="link" onClick={() => selectIncident(left.incident_id)}>#{left.number}</button>
            <span className="grow words">{say(left.reason)}</span>
          </div>
        ))}
      </div>
      {batch && batch.pairs.length > 1 && (
        <div className="batch-foot"><button type="button" className="primary" disabled={busy} onClick={() => void sendAll()}>
          {busy ? t("sending") : t("batch.send_all", { count: batch.pairs.length })}</button></div>
      )}
    </Sheet>
  );
}

type LineProps = { pair: Pair; why: string | undefined; busy: boolean; send: () => void };

function PairLine({ pair, why, busy, send }: LineProps) {
  const { t, say, language } = useText();
  const incident = useRow("incidents", pair.incident_id);
  const sending = usePending(`send:${pair.incident_id}`);
  const title = incident?.complaint || (incident?.determinant_title && say(incident.determinant_title));
  const went = incident?.runs.find((run) => run.callsign === pair.callsign);
  return (
    <div className="batch-line">
      <PriorityBadge priority={pair.priority as Priority} />
      <button type="button" className="link" onClick={() => selectIncident(pair.incident_id)}>#{pair.number}</button>
      <span className="grow batch-what">{title}<small>{incident?.address}</small></span>
      <b className="callsign">{pair.callsign}</b>
      <span className="eta">{span(Math.round(pair.arrival_s))}<small>{distance(pair.distance_m, language)}</small></span>
      {went
        ? <span className="batch-sent"><span aria-hidden="true">✓ </span>{known(t, "run", went.status)}</span>
        : <button type="button" disabled={busy || sending} onClick={send}>{sending ? t("sending") : t("advice.send", { callsign: pair.callsign })}</button>}
      {why && !went && <p className="notice"><span aria-hidden="true">■ </span>{why}</p>}
    </div>
  );
}
