/** Who this is, how the line is, what waits to be sent; behind one button all that is seldom needed. */
import { useState } from "react";

import { link, useLink } from "../live";
import { LanguageButton } from "../shell/LanguageButton";
import { Notice, useTrouble } from "../shell/Notice";
import { leave, session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import type { UnitRow } from "../wire/rows";
import { outbox } from "./errands";
import { remembered } from "./kept";
import { light, switchTo } from "./light";
import { NoticesLine } from "./NoticesLine";
import { WhereaboutsLine } from "./WhereaboutsLine";

export function CrewHead({ callsign, unit }: { callsign: string; unit: UnitRow | undefined }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <header className="phone-head">
      <div className="head-line">
        <h1>{callsign}</h1>
        {unit && <span className={`unit-status ${unit.status}`}><b>{unit.status}</b> {known(t, "status", unit.status)}</span>}
        <Line />
        <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{t("crew.menu")}</button>
      </div>
      {open && <Menu callsign={callsign} />}
      <CutNote />
    </header>
  );
}

function Line() {
  const { t } = useText();
  const state = useLink();
  const old = useCell(remembered) !== null;
  const word = state === "live" ? "live" : state === "cut" || old ? "cut" : "wait";
  return <span className={`lamp ${word}`} role="status"><span aria-hidden="true">{word === "live" ? "●" : "■"}</span> {t(`crew.line.${word}`)}</span>;
}

function CutNote() {
  const { t } = useText();
  const state = useLink();
  const since = useCell(remembered);
  const { city } = useCell(session);
  if (state === "live" || (state === "starting" && since === null)) return null;
  const at = since ?? link.lastHeard;
  return <p className="cut-note">{t("crew.cut")} {at > 0 && <b>{t("crew.as_of", { time: timeOfDay(at, city!.timezone, false) })}</b>}</p>;
}

function Menu({ callsign }: { callsign: string }) {
  const { t } = useText();
  const { trouble, complain, attempt } = useTrouble();
  const number = useCell(session).city!.emergency_number;
  const now = useCell(light);
  /** A call for help goes out under this session alone. */
  function out() {
    if (outbox.held.get().waiting.some((one) => one.urgent)) return complain(t("crew.sos.stays", { number }));
    void attempt(leave);
  }
  return (
    <div className="crew-menu">
      <WhereaboutsLine callsign={callsign} />
      <NoticesLine />
      <div className="row-of-buttons">
        <button type="button" onClick={() => switchTo(now === "day" ? "night" : "day")}>{t(now === "day" ? "crew.night" : "crew.day")}</button>
        <LanguageButton />
        <button type="button" onClick={out}>{t("logout")}</button>
      </div>
      <Notice trouble={trouble} />
    </div>
  );
}
