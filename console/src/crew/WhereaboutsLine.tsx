/** Whether the phone tells where it is. The crew turns it on; the phone asks once whether the page may. */
import { useEffect } from "react";

import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { allowed, fallAsleep, tellWhereabouts, whereabouts } from "./whereabouts";

export function WhereaboutsLine({ callsign }: { callsign: string }) {
  const { t } = useText();
  const { state, kept } = useCell(whereabouts);
  const on = !["asleep", "forbidden"].includes(state);
  function turn() {
    if (!on) return tellWhereabouts(callsign);
    fallAsleep();
    whereabouts.change({ state: "asleep" });
  }
  return (
    <div className="whereabouts">
      <span role="status">{t(`crew.place.${state}`, { count: kept })}</span>
      <button type="button" onClick={turn}>{t(on ? "crew.place.turn_off" : "crew.place.turn_on")}</button>
    </div>
  );
}

/** Goes on by itself where the crew allowed it before, as long as the unit is on duty. */
export function useWhereabouts(callsign: string, onDuty: boolean): void {
  useEffect(() => {
    if (!onDuty) return;
    void allowed().then((yes) => yes && tellWhereabouts(callsign));
    return fallAsleep;
  }, [callsign, onDuty]);
}
