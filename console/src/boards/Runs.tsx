/** The runs of an incident: each milestone is a button, the next one stands out, past ones show their time. */
import { Suspense, useMemo, useState } from "react";

import { useRow, useRows } from "../live";
import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { inWords, useCodes } from "../recommend/codes";
import { atDesk, session, speaksFor } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { spoken } from "../text/reasons";
import * as api from "../wire/api";
import type { Milestone, RunRow } from "../wire/rows";
import { CorrectTime, MessageForm, MessagesOf, Redirect } from "./forms";
import "./mendingTexts";
import { inOrderSent, isOver, nextMilestones, STEPS } from "./milestones";
import { Offer } from "./Offer";
import { Prompt } from "./Prompt";
import { Undo } from "./Undo";

type Mending = "time" | "hospital" | "message";

export function Runs({ incident }: { incident: string }) {
  const { t } = useText();
  const all = useRows("runs");
  const runs = useMemo(() => inOrderSent(
    all.filter((run) => run.incident_id === incident), (run) => run.milestones.assigned), [all, incident]);
  if (runs.length === 0) return <p className="nothing">{t("runs.none")}</p>;
  return <>{runs.map((run) => <Run key={run.id} run={run} />)}</>;
}

function Run({ run }: { run: RunRow }) {
  const { t, language } = useText();
  const { city, me } = useCell(session);
  const hospital = useRow("hospitals", run.hospital_id);
  const codes = useCodes();
  const { trouble, attempt } = useTrouble();
  const sending = usePending(`run:${run.id}`);
  const over = isOver(run.milestones);
  const [mending, setMending] = useState<Mending | null>(null);
  const turn = (to: Mending) => setMending(mending === to ? null : to);
  const speaks = speaksFor(me, run.callsign);
  const underWay = !over && !run.milestones.at_hospital;
  const allowed = speaks ? nextMilestones(run.milestones) : [];
  const reach = (milestone: Milestone) =>
    attempt(() => waiting.give(`run:${run.id}`, () => api.reach(run.id, milestone, clock.iso())));

  return (
    <div className={`run ${over ? "over" : ""} ${sending ? "sending" : ""}`} role="group" aria-label={run.callsign}>
      <div className="run-head">
        <b className="callsign">{run.callsign}</b>
        {hospital && <span>→ <abbr className="code" title={hospital.name}>{hospital.code}</abbr></span>}
        {run.destination_lacks && <b className="red">▲ {spoken(run.destination_lacks[language], city!, language, t)}</b>}
        {run.override_reason && <span className="faint">▲ {t("runs.override", { reason: inWords(run.override_reason, codes, language) })}</span>}
        <Offer run={run} />
        {sending && <span className="faint">{t("sending")}</span>}
        <span className="grow" />
        {(["declined", "stood_down"] as const).filter((end) => allowed.includes(end)).map((end) => (
          <button key={end} type="button" className="quiet" disabled={sending}
            onClick={() => reach(end)}>{t(`milestone.${end}`)}</button>
        ))}
      </div>
      {speaks && <Prompt run={run} />}
      <div className="steps">
        {STEPS.map((step) => {
          const at = run.milestones[step];
          return at
            ? <span key={step} className="step done"><span>{t(`milestone.${step}`)}</span><time>{timeOfDay(at, city!.timezone)}</time></span>
            : <button key={step} type="button" className={`step ${step === allowed[0] ? "next" : ""}`}
                disabled={!allowed.includes(step) || sending} onClick={() => reach(step)}>
                <span>{t(`milestone.${step}`)}</span>
                <span aria-hidden="true">{step === allowed[0] ? "▸" : "·"}</span>
              </button>;
        })}
      </div>
      {over && <p className="faint">{t(over === "clear" ? "runs.cleared" : `milestone.${over}`)}</p>}
      {speaks && <div className="run-foot">
        <Undo run={run} />
        {underWay && <button type="button" className="quiet" aria-expanded={mending === "hospital"} onClick={() => turn("hospital")}>{t("redirect.open")}</button>}
        {!over && atDesk(me) && <button type="button" className="quiet" aria-expanded={mending === "message"} onClick={() => turn("message")}>{t("message.open")}</button>}
        <button type="button" className="quiet" aria-expanded={mending === "time"} onClick={() => turn("time")}>{t("correct.open")}</button>
      </div>}
      <Suspense fallback={null}>
        <MessagesOf run={run.id} />
        {mending === "message" && !over && <MessageForm callsign={run.callsign} done={() => setMending(null)} />}
        {mending === "time" && <CorrectTime run={run} done={() => setMending(null)} />}
        {mending === "hospital" && underWay && <Redirect run={run} done={() => setMending(null)} />}
      </Suspense>
      <Notice trouble={trouble} />
    </div>
  );
}
