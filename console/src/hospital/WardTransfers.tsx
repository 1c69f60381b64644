/** On the ward's tablet: patients it is asked to take or wants to send elsewhere, and the request itself. */
import { useState } from "react";

import { useRows } from "../live";
import { useText } from "../text/i18n";
import { TransferForm } from "../transfers/TransferForm";
import { Transfers } from "../transfers/Transfers";
import { useMode } from "../transfers/useMode";

export function WardTransfers({ hospital }: { hospital: string }) {
  const { t } = useText();
  const { mode } = useMode();
  const [asking, setAsking] = useState(false);
  const asked = useRows("transfers").filter((row) => row.state === "requested" && row.to_hospital_id === hospital).length;
  return (
    <section className="inbound ward-transfers" aria-label={t("transfers.title")}>
      <div className="ward-section">
        <h2>{t("transfers.title")} {asked > 0 && <b className="amber">▲ {t("transfer.to_answer", { count: asked })}</b>}</h2>
        <button type="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>{t("transfer.new")}</button>
      </div>
      {mode === "wartime" && <p className="amber">▲ {t("transfer_mode.wartime")}</p>}
      {asking && <TransferForm from={hospital} done={() => setAsking(false)} />}
      <Transfers mode={mode} />
    </section>
  );
}
