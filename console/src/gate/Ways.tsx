/** Below the password: the accounts of a trial, and another sign-in where there is one. Fetched after the form. */
import "./texts";
import "./gate.css";

import { useEffect, useState } from "react";

import { known, useText } from "../text/i18n";
import { JUST_SIGNED_IN } from "./landing";
import { signInWays, type SignInWays } from "../wire/gate";

export function Ways({ fill }: { fill: (username: string) => void }) {
  const { t, say } = useText();
  const [ways, setWays] = useState<SignInWays | null>(null);
  useEffect(() => {
    let gone = false;
    // Where nobody answers, the form says so as soon as it is sent.
    signInWays().then((found) => { if (!gone) setWays(found); }, () => undefined);
    return () => { gone = true; };
  }, []);
  if (!ways || (!ways.oidc && ways.demo.length === 0)) return null;
  return (
    <div className="gate-ways">
      {ways.oidc && (
        <>
          <p className="gate-or">{t("gate.or")}</p>
          <a className="gate-oidc" href={`/api/v1/oidc/start?next=${encodeURIComponent(location.pathname === "/" ? `/${JUST_SIGNED_IN}` : location.pathname)}`}>
            {t("gate.oidc", { name: say(ways.oidc as { vi: string; en: string }) })}
          </a>
        </>
      )}
      {ways.demo.length > 0 && (
        <>
          <p>{t("gate.demo")}</p>
          <div className="gate-demo">
            {ways.demo.map((name) => (
              <button key={name} type="button" onClick={() => fill(name)}>{known(t, "role", name)}</button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
