/** What this incident asks for in units: who is on the way, who should go, and what is short. */
import { useState } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { PlanSlot, RankedHospital, Recommendation } from "../wire/answers";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import { OneOrder } from "./oneOrder";
import { stands } from "./onRecord";

type ResponseOrder = Parameters<typeof api.sendResponse>[1];
type Props = { incident: string; advice: Recommendation; hospital: RankedHospital | undefined; sent: () => void };

export function Plan({ incident, advice, hospital, sent }: Props) {
  const { t, say } = useText();
  const { trouble, attempt } = useTrouble();
  const sending = usePending(`send:${incident}`);
  const [one] = useState(() => new OneOrder<ResponseOrder>(stands));
  const { plan } = advice;
  const open = plan.slots.filter((slot) => slot.unit);
  // One sentence for each kind that is short, however many of it are missing.
  const shortWords = [...new Set(plan.shortfalls.map(say))];
  if (plan.slots.length < 2 && plan.complete) return null;

  async function sendAll() {
    const runs = open.map((slot, place) => ({ unit_id: slot.unit!.unit_id, ...(carries(open, place) ? destination(hospital) : {}) }));
    // The advice is made anew every few seconds: whom it sends where is what was pressed for.
    const build = () => ({
      response_id: freshId(), decision_id: advice.decision_id, confirm_place: false,
      runs: runs.map((run) => ({ run_id: freshId(), ...run })),
    });
    const give = () => one.give(JSON.stringify(runs), build, (order) => api.sendResponse(incident, order));
    if (await attempt(() => waiting.give(`send:${incident}`, give))) sent();
  }

  return (
    <section className="plan" aria-label={t("plan.title")}>
      <h3 className="sub-head">{t("plan.title")}
        {plan.alarm_level > 1 && <small> · {t("plan.alarm", { level: plan.alarm_level })}</small>}</h3>
      {plan.alley && <p className="words">{t("plan.alley")}</p>}
      <ul>{plan.slots.map((slot, place) => <Slot key={place} slot={slot} />)}</ul>
      {shortWords.length > 0 && <ul className="words shortfalls">{shortWords.map((words) => <li key={words}>{words}</li>)}</ul>}
      <Notice trouble={trouble} />
      {open.length > 1 && (
        <button type="button" disabled={sending} onClick={() => void sendAll()}>
          {t("plan.send", { callsigns: open.map((slot) => slot.unit!.callsign).join(", ") })}
        </button>
      )}
    </section>
  );
}

function Slot({ slot }: { slot: PlanSlot }) {
  const { t, say } = useText();
  return (
    <li className={slot.unit || slot.filled_by ? "" : "short"}>
      <span className="words">{say(slot)}</span>
      {slot.filled_by ? <span className="faint">✓ {t("plan.on_the_way", { callsign: slot.filled_by })}</span>
        : slot.unit ? <span><b className="callsign">{slot.unit.callsign}</b> {span(Math.round(slot.unit.eta_s))}
            {slot.unit.on_foot_m >= 30 && <small> {t("plan.on_foot", { metres: Math.round(slot.unit.on_foot_m / 10) * 10 })}</small>}</span>
        : <b className="hot"><span aria-hidden="true">■ </span>{t("plan.short")}</b>}
    </li>
  );
}

/** The bed goes with the first who can carry a patient. */
function carries(slots: PlanSlot[], place: number): boolean {
  return slots.findIndex((slot) => slot.unit?.kind !== "motorbike") === place;
}

function destination(hospital: RankedHospital | undefined) {
  return hospital && { hospital_id: hospital.hospital_id, bed_kind: hospital.bed_kind ?? undefined };
}
