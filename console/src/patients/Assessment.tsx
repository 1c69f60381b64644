/**
 * START and JumpSTART, one question at a time. The server knows the rules: it answers with a colour, or with what to find
 * out next. What was found stands in the record with the colour it led to.
 */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { known, useText } from "../text/i18n";
import * as care from "../wire/care";
import type { PatientRow } from "../wire/rows";
import { Refusal } from "../wire/send";

type Method = "start" | "jumpstart";
type Value = boolean | number | string;
type Findings = Record<string, Value>;

const RESPONSES = ["A", "V", "P", "p", "U"];

export function Assessment({ patient }: { patient: PatientRow }) {
  const { t } = useText();
  const young = patient.age_band === "infant" || patient.age_band === "child";
  const [method, setMethod] = useState<Method>(young ? "jumpstart" : "start");
  const [findings, setFindings] = useState<Findings>({});
  const [asked, setAsked] = useState<string | null>("walks");
  const { trouble, attempt } = useTrouble();
  const key = `patient:${patient.id}`;
  const sending = usePending(key);

  function restart(next: Method) {
    setMethod(next);
    setFindings({});
    setAsked("walks");
  }

  async function answer(finding: string, value: Value) {
    const next = { ...findings, [finding]: value };
    let then: string | null | undefined;
    await attempt(() => waiting.give(key, async () => {
      try {
        const told = await care.sortPatient(patient.id, { [method]: next } as care.Found);
        then = null;
        return told;
      } catch (error) {
        if (!(error instanceof Refusal) || typeof error.facts.finding !== "string" || error.facts.finding === finding) throw error;
        then = error.facts.finding; // not known yet: this is asked next
        return { seq: 0 };
      }
    }));
    if (then === undefined) return;
    setFindings(next);
    setAsked(then);
  }

  return (
    <div className="assessment">
      <div className="row-of-picks" role="group" aria-label={t("start.method")}>
        {(["start", "jumpstart"] as const).map((one) => (
          <button key={one} type="button" className="pick-button" aria-pressed={method === one} onClick={() => restart(one)}>{t(`start.${one}`)}</button>
        ))}
        {Object.keys(findings).length > 0 && <button type="button" className="quiet" onClick={() => restart(method)}>{t("start.again")}</button>}
      </div>
      <p className="found" aria-live="polite">{asked === null ? <b>✓ {t("start.done")}</b> : <b>{known(t, "found", asked)}</b>}</p>
      {asked !== null && <Reply key={asked} finding={asked} disabled={sending} answer={(finding, value) => void answer(finding, value)} />}
      <Notice trouble={trouble} />
    </div>
  );
}

type ReplyProps = { finding: string; disabled: boolean; answer: (finding: string, value: Value) => void };

function Reply({ finding, disabled, answer }: ReplyProps) {
  const { t } = useText();
  if (finding === "rate") return <Figure finding="rate" disabled={disabled} answer={answer} most={400} />;
  if (finding === "response") {
    return <div className="answers-large">{RESPONSES.map((one) => (
      <button key={one} type="button" disabled={disabled} onClick={() => answer(finding, one)}>{known(t, "response", one)}</button>))}</div>;
  }
  return (
    <>
      <div className="answers-large">
        <button type="button" disabled={disabled} onClick={() => answer(finding, true)}>{t("start.yes")}</button>
        <button type="button" disabled={disabled} onClick={() => answer(finding, false)}>{t("start.no")}</button>
      </div>
      {finding === "radial_pulse" && <Figure finding="refill_s" disabled={disabled} answer={answer} most={60} />}
    </>
  );
}

function Figure({ finding, disabled, answer, most }: ReplyProps & { most: number }) {
  const { t } = useText();
  const [text, setText] = useState("");
  const number = Number(text.replace(",", "."));
  const fits = text.trim() !== "" && number >= 0 && number <= most && (finding !== "rate" || Number.isInteger(number));
  function done(event: FormEvent) {
    event.preventDefault();
    if (fits) answer(finding, number);
  }
  return (
    <form className="with-button figure" onSubmit={done} noValidate>
      <input value={text} inputMode="decimal" onChange={(event) => setText(event.target.value)} aria-label={known(t, "found", finding)}
        aria-invalid={text.trim() !== "" && !fits} placeholder={known(t, "found_unit", finding)} />
      <button disabled={disabled || !fits}>{t("start.enter")}</button>
    </form>
  );
}
