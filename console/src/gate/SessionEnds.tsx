/** Says, a quarter of an hour ahead, that the session ends, and signs in again beside the work. Takes no focus. */
import "./texts";
import "./gate.css";

import { useEffect, useState } from "react";

import { useSecond } from "../live/ticker";
import { Login } from "../shell/Login";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";

const AHEAD_S = 15 * 60;

export function SessionEnds({ title }: { title: string }) {
  const { t } = useText();
  const { me, city, state } = useCell(session);
  const now = useSecond();
  const [renewing, setRenewing] = useState(false);
  const ends = me?.session_ends_at ?? null;
  useEffect(() => setRenewing(false), [ends]);
  if (!ends || !city || state !== "open" || Date.parse(ends) / 1000 - now > AHEAD_S) return null;
  return (
    <>
      <div className="gate-ends" role="status">
        <span><span aria-hidden="true">▲ </span>{t("gate.ends", { time: timeOfDay(ends, city.timezone, false) })}</span>
        <button type="button" aria-expanded={renewing} onClick={() => setRenewing(!renewing)}>
          {t(renewing ? "gate.not_now" : "gate.renew")}
        </button>
      </div>
      {renewing && <Login title={title} beside />}
    </>
  );
}
