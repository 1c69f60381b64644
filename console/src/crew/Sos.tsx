/**
 * A call for help: held for two seconds, so that no pocket sends it. A short press, or a key, opens the same with two
 * buttons, for whoever cannot hold. It goes out before anything else that waits.
 */
import { useEffect, useRef, useState } from "react";

import { useLink, useRows } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { freshId } from "../wire/ids";
import { chime } from "./chime";
import { tap, useOutbox } from "./errands";
import { useLost } from "./useLost";
import { here } from "./whereabouts";

const HOLD_MS = 2_000;

export function Sos({ callsign }: { callsign: string }) {
  const { t } = useText();
  const { city } = useCell(session);
  const { lost, keep } = useLost();
  const [holding, setHolding] = useState(false);
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  function send() {
    sent.current = true;
    setHolding(false);
    setOpen(false);
    chime("danger");
    keep(tap({ kind: "sos", callsign, alarm_id: freshId(), position: here() }, true));
  }
  function press() {
    sent.current = false;
    setHolding(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(send, HOLD_MS);
  }
  function release() {
    clearTimeout(timer.current);
    setHolding(false);
  }

  /** The end of a hold that sent it is a click too. */
  function click() {
    if (sent.current) sent.current = false;
    else setOpen(true);
  }

  return (
    <div className="sos">
      {open && (
        <div className="others" role="group" aria-label={t("crew.sos.title")}>
          <p><b>{t("crew.sos.title")}</b></p>
          <button type="button" className="big danger" onClick={send}>{t("crew.sos.send")}</button>
          <a className="big-link" href={`tel:${city!.emergency_number}`}>{t("crew.sos.call", { number: city!.emergency_number })}</a>
          <button type="button" className="big" onClick={() => setOpen(false)}>{t("crew.back")}</button>
        </div>
      )}
      {lost}
      <button type="button" className={`sos-button ${holding ? "holding" : ""}`} aria-expanded={open}
        onPointerDown={press} onPointerUp={release} onPointerLeave={release} onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()} onClick={click}>
        <b>{t("crew.sos")}</b><small>{t("crew.sos.hold")}</small>
      </button>
    </div>
  );
}

/** What became of the call for help, until the centre has closed it. */
export function SosState({ callsign }: { callsign: string }) {
  const { t } = useText();
  const { city } = useCell(session);
  const { waiting } = useOutbox();
  const live = useLink() === "live";
  const alarms = useRows("crew_alarms").filter((row) => row.callsign === callsign && row.status !== "closed");
  const going = waiting.some(({ order }) => order.kind === "sos");
  const number = city!.emergency_number;
  return (
    <div role="alert">
      {going && <p className="sos-state going"><span aria-hidden="true">■ </span>{t(live ? "crew.sos.going" : "crew.sos.kept", { number })} <a href={`tel:${number}`}>{t("crew.sos.call", { number })}</a></p>}
      {alarms.map((row) => (
        <p key={row.id} className={`sos-state ${row.status}`}><span aria-hidden="true">{row.status === "sounding" ? "▲" : "✓"} </span>
          {row.status === "acknowledged" ? t("crew.sos.taken", { who: row.acknowledged_by ?? "" })
            : row.kind === "sos" ? t("crew.sos.heard", { time: timeOfDay(row.since, city!.timezone) }) : t("crew.sos.missed")}</p>
      ))}
    </div>
  );
}
