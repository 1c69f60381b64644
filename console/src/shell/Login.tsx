/** Sign in. Shown alone at the start, and above the console when a session ends in mid-shift. */
import { useEffect, useRef, useState, type FormEvent } from "react";

import { useText } from "../text/i18n";
import { LanguageButton } from "./LanguageButton";
import { Notice, useTrouble } from "./Notice";
import { enter } from "./session";

export function Login({ title, again = false }: { title: string; again?: boolean }) {
  const { t } = useText();
  const { trouble, complain, attempt } = useTrouble();
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    if (!fields.get("username") || !fields.get("password")) return complain(t("needs.account"));
    setBusy(true);
    await attempt(() => enter(String(fields.get("username")), String(fields.get("password"))));
    setBusy(false);
  }

  return (
    <main className={again ? "login login-over" : "login"}>
      <form className="login-card" onSubmit={submit} noValidate>
        <div className="login-head">
          <img src="/vigil.svg" alt="" width="36" height="36" />
          <div><h1>{title}</h1><p>Vigil</p></div>
          <LanguageButton />
        </div>
        {again && <p className="login-again">{t("login.again")}</p>}
        <label>{t("login.username")}
          <input ref={first} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        </label>
        <label>{t("login.password")}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <Notice trouble={trouble} />
        <button className="primary" disabled={busy}>{busy ? t("login.busy") : t("login.enter")}</button>
      </form>
    </main>
  );
}
