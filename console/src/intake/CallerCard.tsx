/** What is known of the number that calls: earlier calls, and whether it rings for nothing again and again. */
import { useEffect, useState } from "react";

import { clock } from "../live/clock";
import { ago, useText } from "../text/i18n";
import type { CallerCard as Known } from "../wire/answers";
import * as api from "../wire/api";

const PAUSE_MS = 250;
const LEAST_DIGITS = 8;

export function CallerCard({ phone }: { phone: string }) {
  const { t, say } = useText();
  const [known, setKnown] = useState<Known | null>(null);
  const digits = phone.replace(/\D/g, "");
  useEffect(() => {
    setKnown(null);
    if (digits.length < LEAST_DIGITS) return;
    let ours = true;
    const timer = setTimeout(() => { api.caller(digits).then((found) => ours && setKnown(found), () => undefined); }, PAUSE_MS);
    return () => { ours = false; clearTimeout(timer); };
  }, [digits]);
  if (!known || (known.calls_known === 0 && !known.callback)) return null;
  const last = known.calls[0];
  return (
    <div className={`wide caller-card ${known.suspected ? "suspected" : ""}`}>
      <p>{t("caller.known", { count: known.calls_known })}
        {last && <> · {last.incident ? `#${last.incident.number} ` : ""}{last.complaint}{" "}
          <small>{ago(t, (clock.now() - Date.parse(last.received_at)) / 1000)}</small></>}</p>
      {known.suspected && <p><span aria-hidden="true">▲ </span>{t("caller.suspected")} {known.reasons.map(say).join(" · ")}</p>}
    </div>
  );
}
