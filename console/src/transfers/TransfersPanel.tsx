/** The board of transfers at the desk, over the map. F7 or Esc shows the map again. */
import { useState, type FormEvent } from "react";
import { en, vi } from "virtual:texts/care";

import { openSheet } from "../patients/openSheet";
import { Sheet } from "../patients/Sheet";
import { Notice, useTrouble } from "../shell/Notice";
import { atDesk, session } from "../shell/session";
import { selectIncident } from "../shell/selection";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import * as care from "../wire/care";
import { TransferForm } from "./TransferForm";
import { Transfers } from "./Transfers";
import { useMode } from "./useMode";

addTexts({ vi, en });

export function TransfersPanel() {
  const { t } = useText();
  const { me } = useCell(session);
  const { mode, ask } = useMode();
  const [asking, setAsking] = useState(false);
  const show = (incident: string) => {
    selectIncident(incident);
    openSheet.set(null);
  };
  return (
    <Sheet title={t("transfers.title")}>
      <Mode mode={mode} changed={ask} />
      <div className="scroll">
        {atDesk(me) && <div className="row-of-buttons transfer-new">
          <button type="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>{t("transfer.new")}</button></div>}
        {asking && <TransferForm from={null} done={() => setAsking(false)} />}
        <Transfers mode={mode} show={show} />
      </div>
    </Sheet>
  );
}

/** Who has the say, in words; a supervisor may change it and says why. */
function Mode({ mode, changed }: { mode: care.TransferMode["mode"]; changed: () => void }) {
  const { t } = useText();
  const { me } = useCell(session);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const other = mode === "wartime" ? "peacetime" : "wartime";
  const may = me?.role === "supervisor" || me?.role === "admin";

  async function turn(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    if (!(await attempt(() => care.switchTransferMode(other, reason.trim())))) return;
    setOpen(false);
    setReason("");
    changed();
  }

  return (
    <div className={`transfer-mode ${mode}`}>
      <span className="grow">{mode === "wartime" && <span aria-hidden="true">▲ </span>}{t(`transfer_mode.${mode}`)}</span>
      {may && <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{t(`transfer_mode.to_${other}`)}</button>}
      {open && (
        <form className="with-button" onSubmit={(event) => void turn(event)} noValidate>
          <input value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t("reason")} aria-label={t("reason")} required />
          <button>{t("transfer_mode.now")}</button>
        </form>
      )}
      <Notice trouble={trouble} />
    </div>
  );
}
