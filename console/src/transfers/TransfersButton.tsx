/** Beside the hospitals: the way to the transfers, and how many wait for a word. */
import { openSheet, turn } from "../patients/openSheet";
import { useRows } from "../live";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";

export function TransfersButton() {
  const { t } = useText();
  const asked = useRows("transfers").filter((row) => row.state === "requested").length;
  const open = useCell(openSheet) === "transfers";
  return (
    <button type="button" className="transfers-button" aria-expanded={open} onClick={() => turn("transfers")}>
      {t("transfers.open")} {asked > 0 && <b className="amber"><span aria-hidden="true">▲ </span>{asked}<span className="unseen"> {t("transfer_state.requested")}</span></b>} <kbd>F7</kbd>
    </button>
  );
}
