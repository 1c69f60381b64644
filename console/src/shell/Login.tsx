/** Sign in. Shown alone at the start, above the console when a session ends in mid-shift, beside it shortly before. */
import { Suspense, useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";

import { onward } from "../gate/landing";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { Refusal } from "../wire/send";
import { LanguageButton } from "./LanguageButton";
import { whenShown } from "./later";
import { Notice, useTrouble } from "./Notice";
import { begin, enter, session } from "./session";

const Ways = whenShown(() => import("../gate/Ways").then((part) => part.Ways));
const CodeStep = whenShown(() => import("../gate/CodeStep").then((part) => part.CodeStep));
const PaperCodes = whenShown(() => import("../gate/PaperCodes").then((part) => part.PaperCodes));

type Step = { kind: "password" } | { kind: "code" } | { kind: "enrol"; secret: string; picture: string }
  | { kind: "paper"; codes: string[]; username: string };

/** below : what must be at hand although nobody is signed in */
type Props = { title: string; again?: boolean; beside?: boolean; below?: ReactNode };

export function Login({ title, again = false, beside = false, below }: Props) {
  const { t } = useText();
  const { trouble, setTrouble, complain, attempt } = useTrouble();
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState<Step>({ kind: "password" });
  const { leaving = false } = useCell(session);
  const form = useRef<HTMLFormElement>(null);
  const field = (name: string) => form.current?.elements.namedItem(name) as HTMLInputElement | null;
  useEffect(() => field("username")?.focus(), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const [username, password, code] = ["username", "password", "code"].map((name) => String(said.get(name) ?? ""));
    if (!username || !password) return complain(t("needs.account"));
    setBusy(true);
    const codes = await attempt(() => enter(username, password, code || undefined).catch(nextStep));
    setBusy(false);
    if (codes === undefined || codes === "more") return;
    if (codes) setStep({ kind: "paper", codes, username });
    else await goOn();
  }

  /** The password was right and more is wanted: no fault, the next step. */
  function nextStep(error: unknown): "more" {
    const kind = error instanceof Refusal ? String(error.facts.type) : "";
    if (kind === "urn:vigil:SecondFactorNeeded" && step.kind !== "code") setStep({ kind: "code" });
    else if (kind === "urn:vigil:SecondFactorMissing") {
      const { secret, picture } = (error as Refusal).facts;
      setStep({ kind: "enrol", secret: String(secret), picture: String(picture) });
    } else throw error;
    return "more";
  }

  async function goOn() {
    await begin();
    const { me } = session.get();
    const there = me && !again && !beside ? onward(me.role, location.pathname) : null;
    if (there) location.assign(there);
  }

  function fill(name: string) {
    const [user, password] = [field("username"), field("password")];
    if (!user || !password) return;
    user.value = name;
    password.value = "demo";
    setTrouble(null);
    form.current?.requestSubmit();
  }

  return (
    <main className={`login ${again ? "login-over" : ""} ${beside ? "login-beside" : ""}`}>
      {step.kind === "paper" ? (
        <div className="login-card">
          <Suspense><PaperCodes codes={step.codes} username={step.username} done={() => void goOn()} /></Suspense>
        </div>
      ) : (
        <form ref={form} className="login-card" onSubmit={submit} noValidate>
          <div className="login-head">
            <img src="/vigil.svg" alt="" width="36" height="36" />
            <div><h1>{title}</h1><p>Vigil</p></div>
            {!beside && <LanguageButton />}
          </div>
          {again && <p className="login-again">{t("login.again")}</p>}
          {leaving && <p className="login-again" role="status">{t("login.left")}</p>}
          <label>{t("login.username")}
            <input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
          </label>
          <label>{t("login.password")}
            <input name="password" type="password" autoComplete="current-password" required />
          </label>
          {step.kind !== "password" && (
            <Suspense><CodeStep enrolling={step.kind === "enrol" ? step : null} /></Suspense>
          )}
          <Notice trouble={trouble} />
          <button className="primary" disabled={busy}>{busy ? t("login.busy") : t("login.enter")}</button>
          {step.kind === "password" && !beside && <Suspense><Ways fill={fill} /></Suspense>}
          {below}
        </form>
      )}
    </main>
  );
}
