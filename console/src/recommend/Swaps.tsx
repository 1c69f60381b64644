/** Units bound for something less urgent: what taking one saves here, and what it costs there. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { RankedHospital, Recommendation, Swap } from "../wire/answers";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import { OneOrder } from "./oneOrder";
import { carries } from "./order";
import { stands } from "./onRecord";

type Props = { incident: string; advice: Recommendation; hospital: RankedHospital | undefined; sent: () => void };

export function Swaps({ incident, advice, hospital, sent }: Props) {
  const { t } = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [one] = useState(() => new OneOrder<Parameters<typeof api.sendUnit>[1]>(stands));
  const { trouble, complain, attempt } = useTrouble();
  const sending = usePending(`send:${incident}`);
  const swap = advice.swaps.find((one) => one.unit_id === chosen);
  if (advice.swaps.length === 0) return null;

  async function take(event: FormEvent) {
    event.preventDefault();
    if (!swap) return;
    if (reason.trim().length < 3) return complain(t("needs.reason"));
    const what = {
      unit_id: swap.unit_id, preempt: true, confirm_place: false,
      override_reason: reason.trim(), ...(carries(swap) && { hospital_id: hospital?.hospital_id, bed_kind: hospital?.bed_kind ?? undefined }),
    };
    const build = () => ({ run_id: freshId(), decision_id: advice.decision_id, ...what });
    const give = () => one.give(JSON.stringify(what), build, (order) => api.sendUnit(incident, order));
    if (!(await attempt(() => waiting.give(`send:${incident}`, give)))) return;
    setChosen(null);
    setReason("");
    sent();
  }

  return (
    <details className="swaps" open={swap !== undefined || undefined}>
      <summary>{t("swap.title", { count: advice.swaps.length })}</summary>
      <ul>{advice.swaps.map((one) => (
        <li key={one.unit_id}>
          <SwapWords swap={one} />
          <button type="button" className="quiet" aria-expanded={one === swap}
            onClick={() => setChosen(one === swap ? null : one.unit_id)}>{t("swap.take", { callsign: one.callsign })}</button>
        </li>
      ))}</ul>
      {swap && (
        <form className="with-button" onSubmit={take} noValidate>
          <input value={reason} onChange={(event) => setReason(event.target.value)} required placeholder={t("reason")}
            aria-label={t("reason")} />
          <button className="danger" disabled={sending}>{t("swap.now", { callsign: swap.callsign, number: swap.incident_number })}</button>
        </form>
      )}
      <Notice trouble={trouble} />
    </details>
  );
}

function SwapWords({ swap }: { swap: Swap }) {
  const { t } = useText();
  const { cost } = swap;
  return (
    <span>
      <b className="callsign">{swap.callsign}</b> {span(Math.round(swap.eta_s))}
      {swap.gain_s !== null && <> · {t("swap.gain", { time: span(Math.round(swap.gain_s)) })}</>}
      <small className="words"> {t("swap.from", { number: swap.incident_number, priority: cost.priority })}{" "}
        {cost.instead === null || cost.delay_s === null ? t("swap.nobody")
          : t("swap.cost", { callsign: cost.instead, time: span(Math.round(cost.delay_s)) })}</small>
    </span>
  );
}
