/** In the incident: how many have a tag, of which colours, how many have nowhere to go yet; and the way to all of them. */
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import type { IncidentRow } from "../wire/rows";
import { countOf } from "./colours";
import { Totals } from "./ColourBadge";
import { openSheet, turn } from "./openSheet";
import { lacksPlace, usePatients } from "./usePatients";

export function PatientsLine({ incident }: { incident: IncidentRow }) {
  const { t } = useText();
  const rows = usePatients(incident.id);
  const open = useCell(openSheet) === "patients";
  const here = rows.filter((row) => row.ended_at === null);
  const nowhere = here.filter(lacksPlace).length;
  return (
    <div className="patients-line">
      <button type="button" aria-expanded={open} onClick={() => turn("patients")}>{t("patients.open")} <kbd>F6</kbd></button>
      {rows.length > 0 && <Totals counts={countOf(here)} />}
      {nowhere > 0 && <span className="amber"><span aria-hidden="true">▲ </span>{t("patients.nowhere", { count: nowhere })}</span>}
    </div>
  );
}
