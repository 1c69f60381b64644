/** A role, and the hospital or the unit that goes with it. */
import { useHospitalName } from "../hospital/hospitalName";
import { useRows } from "../live";
import { known, useText } from "../text/i18n";
import type { Bound, Role } from "../wire/admin";

const ROLES: Role[] = ["dispatcher", "supervisor", "clinician", "crew", "hospital", "planner", "admin"];

export const boundless = (role: Role): Bound => ({ role, hospital_id: null, callsign: null });

/** Whether a hospital or unit is still to be chosen. */
export const unbound = (said: Bound) =>
  (said.role === "hospital" && !said.hospital_id) || (said.role === "crew" && !said.callsign);

export function BoundFields({ said, say }: { said: Bound; say: (next: Bound) => void }) {
  const { t } = useText();
  const name = useHospitalName();
  const hospitals = [...useRows("hospitals")].sort((a, b) => a.name.localeCompare(b.name, "vi"));
  return (
    <>
      <label className="field">{t("people.role")}
        <select value={said.role} onChange={(event) => say(boundless(event.target.value as Role))}>
          {ROLES.map((role) => <option key={role} value={role}>{known(t, "role", role)}</option>)}
        </select></label>
      {said.role === "hospital" && (
        <label className="field">{t("people.hospital")}
          <select value={said.hospital_id ?? ""} onChange={(event) => say({ ...said, hospital_id: event.target.value || null })}>
            <option value="">—</option>
            {hospitals.map((row) => <option key={row.id} value={row.id}>{name(row.id)}</option>)}
          </select></label>)}
      {said.role === "crew" && <UnitField value={said.callsign ?? ""} say={(callsign) => say({ ...said, callsign: callsign || null })} />}
    </>
  );
}

export function UnitField({ value, say }: { value: string; say: (callsign: string) => void }) {
  const { t } = useText();
  const units = [...useRows("units")].sort((a, b) => a.callsign.localeCompare(b.callsign, "vi", { numeric: true }));
  return (
    <label className="field">{t("people.unit")}
      <select value={value} onChange={(event) => say(event.target.value)}>
        <option value="">—</option>
        {units.map((row) => <option key={row.callsign} value={row.callsign}>{row.callsign}</option>)}
      </select></label>
  );
}
