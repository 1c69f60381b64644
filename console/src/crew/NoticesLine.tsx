/** Whether the phone tells of a new job while this page is behind another. The crew turns it on; the phone asks once. */
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { notices, turnNotices } from "./notices";

export function NoticesLine() {
  const { t } = useText();
  const state = useCell(notices);
  if (state === "none") return null;
  return (
    <div className="whereabouts">
      <span role="status">{t(`crew.notices.${state}`)}</span>
      {state !== "forbidden" && <button type="button" onClick={() => void turnNotices(state !== "on")}>{t(state === "on" ? "crew.notices.turn_off" : "crew.notices.turn_on")}</button>}
    </div>
  );
}
