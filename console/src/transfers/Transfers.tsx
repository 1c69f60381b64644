/** All transfers this account sees: the open ones, then those that are over. */
import { useMemo } from "react";

import { useRows } from "../live";
import { useSecond } from "../live/ticker";
import { useText } from "../text/i18n";
import type { TransferMode } from "../wire/care";
import { inOrder, isSettled } from "./state";
import { TransferLine } from "./TransferLine";

export function Transfers({ mode, show }: { mode: TransferMode["mode"]; show?: (incident: string) => void }) {
  const { t } = useText();
  const all = useRows("transfers");
  const incidents = useRows("incidents");
  const now = useSecond();
  const rows = useMemo(() => inOrder(all), [all]);
  const over = rows.filter((row) => isSettled(row, incidents.find((one) => one.id === row.incident_id), now));
  const open = rows.filter((row) => !over.includes(row));
  return (
    <>
      {open.length === 0 && <p className="nothing">{t("transfer.none")}</p>}
      <ul className="transfers">{open.map((row) => <TransferLine key={row.id} row={row} mode={mode} show={show} />)}</ul>
      {over.length > 0 && <details className="rejected"><summary>{t("transfer.over", { count: over.length })}</summary>
        <ul className="transfers">{[...over].reverse().slice(0, 50).map((row) => <TransferLine key={row.id} row={row} mode={mode} show={show} />)}</ul></details>}
    </>
  );
}
