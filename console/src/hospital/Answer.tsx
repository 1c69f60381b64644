/** Dispatch asks whether the hospital takes this patient. The ambulance drives on meanwhile, whatever is answered. */
import { useState, type FormEvent } from "react";

import { useLink } from "../live";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { span } from "../text/format";
import { useText, type Key } from "../text/i18n";
import * as api from "../wire/api";
import type { Expected } from "../wire/answers";
import { inWords, NO_REASON, ReasonPick } from "./ReasonPick";

const REASONS: Key[] = ["elsewhere_reason.full", "elsewhere_reason.icu", "elsewhere_reason.speciality", "elsewhere_reason.theatre", "elsewhere_reason.scanner"];

export function Answer({ one, hospital }: { one: Expected; hospital: string }) {
  const { t } = useText();
  const now = useSecond();
  const [elsewhere, setElsewhere] = useState(false);
  const [reason, setReason] = useState(NO_REASON);
  const { trouble, complain, attempt } = useTrouble();
  const key = `answer:${one.run_id}`;
  const sending = usePending(key);
  // Somebody waits for this word: it is never kept for later, and the page says so.
  const cut = useLink() !== "live";
  if (one.acceptance === "accepted") return <p className="answer-said">✓ {t("answer.accepted")}</p>;
  if (one.acceptance === "redirect") return <p className="answer-said">{t("answer.redirected")}</p>;
  if (one.arrived || (one.acceptance !== "asked" && one.acceptance !== "unanswered")) return null;
  const left = one.answer_by ? Math.round(Date.parse(one.answer_by) / 1000 - now) : 0;
  const say = (answer: "accept" | "redirect", why?: string) =>
    attempt(() => waiting.give(key, () => api.answerHospital(one.run_id, { answer, reason: why, hospital_id: hospital })));

  async function redirect(event: FormEvent) {
    event.preventDefault();
    if (inWords(reason) === "") return complain(t("needs.reason"));
    if (await say("redirect", inWords(reason))) setElsewhere(false);
  }

  return (
    <div className={`answer-hospital ${left > 0 ? "" : "late"}`}>
      <span className="grow">{one.acceptance === "asked" && left > 0 ? t("answer.asked", { time: span(left) }) : t("answer.late")}</span>
      <button type="button" className="primary" disabled={sending || cut} onClick={() => void say("accept")}>{t("answer.accept")}</button>
      <button type="button" aria-expanded={elsewhere} disabled={sending || cut} onClick={() => setElsewhere(!elsewhere)}>{t("answer.elsewhere")}</button>
      {elsewhere && (
        <form onSubmit={(event) => void redirect(event)} noValidate>
          <ReasonPick legend={t("answer.why")} keys={REASONS} value={reason} choose={setReason} />
          <button className="big" disabled={sending || cut}>{t("answer.send")}</button>
        </form>
      )}
      {cut && <p className="hot">■ {t("answer.by_phone")}</p>}
      <Notice trouble={trouble} />
    </div>
  );
}
