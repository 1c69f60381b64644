/** The second step of a sign-in: the code from the phone; the first time also the square that sets the phone up. */
import "./texts";
import "./gate.css";

import { useEffect, useRef } from "react";

import { useText } from "../text/i18n";

export type Enrolling = { secret: string; picture: string };

export function CodeStep({ enrolling }: { enrolling: Enrolling | null }) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      {enrolling && (
        <div className="gate-enrol">
          <p>{t("gate.enrol")}</p>
          <img src={enrolling.picture} alt={t("gate.picture")} width="196" height="196" />
          <p>{t("gate.secret")} <code>{groups(enrolling.secret)}</code></p>
        </div>
      )}
      <label>{t(enrolling ? "gate.first_code" : "gate.code")}
        <input ref={field} name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false}
          inputMode={enrolling ? "numeric" : undefined} required />
      </label>
    </>
  );
}

function groups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
