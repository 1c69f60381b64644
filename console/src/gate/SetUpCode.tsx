/** A code from the phone beside the password, for whoever wants one: the password again, the square, the first code, the paper. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { begin } from "../shell/session";
import { useText } from "../text/i18n";
import { beginCode, confirmCode } from "../wire/gate";
import { CodeStep, type Enrolling } from "./CodeStep";
import { PaperCodes } from "./PaperCodes";

type Step = { kind: "idle" } | { kind: "password" } | { kind: "enrol"; told: Enrolling } | { kind: "paper"; codes: string[] };

/** `there` : a code is asked for already */
export function SetUpCode({ username, there }: { username: string; there: boolean }) {
  const { t } = useText();
  const { trouble, attempt, complain, setTrouble } = useTrouble();
  const [step, setStep] = useState<Step>({ kind: "idle" });
  const [busy, setBusy] = useState(false);

  async function go(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const word = String(said.get(step.kind === "password" ? "password" : "code") ?? "").trim();
    if (!word) return complain(t(step.kind === "password" ? "account.needs_password" : "account.needs_code"));
    setBusy(true);
    const next = await attempt(async (): Promise<Step> => (step.kind === "password"
      ? { kind: "enrol", told: await beginCode(word) }
      : { kind: "paper", codes: (await confirmCode(word)).paper_codes }));
    setBusy(false);
    if (next) setStep(next);
  }

  const stop = () => {
    setTrouble(null);
    setStep({ kind: "idle" });
  };

  if (step.kind === "paper") {
    return <PaperCodes codes={step.codes} username={username} done={() => { stop(); void begin(); }} />;
  }
  if (there) return <p><span aria-hidden="true">✓ </span>{t("account.code_there")}</p>;
  if (step.kind === "idle") {
    return (
      <>
        <p>{t("account.code_none")}</p>
        <button type="button" onClick={() => setStep({ kind: "password" })}>{t("account.code_wanted")}</button>
      </>
    );
  }
  return (
    <form className="own-code" onSubmit={(event) => void go(event)} noValidate key={step.kind}>
      {step.kind === "password"
        ? <label>{t("account.password_again")}
            <input name="password" type="password" autoComplete="current-password" autoFocus required />
          </label>
        : <CodeStep enrolling={step.told} />}
      <Notice trouble={trouble} />
      <div className="gate-buttons">
        <button className="primary" disabled={busy}>{t(step.kind === "password" ? "account.go_on" : "account.confirm")}</button>
        <button type="button" onClick={stop}>{t("cancel")}</button>
      </div>
    </form>
  );
}
