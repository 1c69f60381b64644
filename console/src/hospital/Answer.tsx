/** Dispatch asks whether the hospital takes this patient. The ambulance drives on meanwhile, whatever is answered. */
import { useState, type FormEvent } from "react";

import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { Expected } from "../wire/answers";

export function Answer({ one, hospital }: { one: Expected; hospital: string }) {
  const { t } = useText();
  const now = useSecond();
  const [elsewhere, setElsewhere] = useState(false);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `answer:${one.run_id}`;
  const sending = usePending(key);
  if (one.acceptance === "accepted") return <p className="answer-said">✓ {t("answer.accepted")}</p>;
  if (one.acceptance === "redirect") return <p className="answer-said">{t("answer.redirected")}</p>;
  if (one.arrived || (one.acceptance !== "asked" && one.acceptance !== "unanswered")) return null;
  const left = one.answer_by ? Math.round(Date.parse(one.answer_by) / 1000 - now) : 0;
  const say = (answer: "accept" | "redirect", why?: string) =>
    attempt(() => waiting.give(key, () => api.answerHospital(one.run_id, { answer, reason: why, hospital_id: hospital })));

  async function redirect(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    if (await say("redirect", reason.trim())) setElsewhere(false);
  }

  return (
    <div className="answer-hospital">
      <span className="grow">{one.acceptance === "asked" && left > 0 ? t("answer.asked", { time: span(left) }) : t("answer.late")}</span>
      <button type="button" className="primary" disabled={sending} onClick={() => void say("accept")}>{t("answer.accept")}</button>
      <button type="button" aria-expanded={elsewhere} disabled={sending} onClick={() => setElsewhere(!elsewhere)}>{t("answer.elsewhere")}</button>
      {elsewhere && (
        <form className="with-button" onSubmit={redirect} noValidate>
          <input value={reason} onChange={(event) => setReason(event.target.value)} required placeholder={t("answer.why")}
            aria-label={t("answer.why")} />
          <button disabled={sending}>{t("answer.send")}</button>
        </form>
      )}
      <Notice trouble={trouble} />
    </div>
  );
}
