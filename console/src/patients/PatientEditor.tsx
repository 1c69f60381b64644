/** What can be said of one patient: a colour, where to, with whom, or that the way ends here. Each press counts at once. */
import { useMemo, useState } from "react";

import { standing } from "../boards/milestones";
import { useRows } from "../live";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { known, useText } from "../text/i18n";
import * as care from "../wire/care";
import type { PatientRow } from "../wire/rows";
import { Assessment } from "./Assessment";
import { BedChoice, type Place } from "./BedChoice";
import { Picks } from "./Picks";
import { COLOURS } from "./colours";

const ENDINGS = ["treated_on_scene", "refused", "dead", "mistaken"] as const;
const BOARDING = ["on_scene", "patient_contact", "transporting"];

export function PatientEditor({ patient }: { patient: PatientRow }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const [ending, setEnding] = useState(false);
  const { trouble, attempt } = useTrouble();
  const key = `patient:${patient.id}`;
  const sending = usePending(key);
  const give = (order: () => Promise<{ seq: number }>) => void attempt(() => waiting.give(key, order));
  const waitsForHospital = ["at_scene", "aboard", "on_the_way"].includes(patient.state);
  const all = useRows("runs");
  const runs = useMemo(() => all.filter((run) => run.incident_id === patient.incident_id
    && (run.id === patient.run_id || BOARDING.includes(standing(run.milestones)))), [all, patient.incident_id, patient.run_id]);
  const place: Place = { hospital_id: patient.hospital_id, bed_kind: patient.bed_kind };

  return (
    <div className="patient-editor">
      {patient.state !== "handed_over" && (
        <div className="edit-colour">
          <Picks legend={t("patients.colour")} options={COLOURS} prefix="colour" value={patient.category} coloured
            pick={(colour) => colour && give(() => care.sortPatient(patient.id, { category: colour }))} />
          <button type="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>{t("start.open")}</button>
        </div>
      )}
      {asking && <Assessment patient={patient} />}
      {waitsForHospital && (
        <div className="edit-place">
          <BedChoice place={place} disabled={sending} none={t("patients.no_place")}
            choose={({ hospital_id, bed_kind }) => give(() => care.sendPatient(patient.id, hospital_id, bed_kind))} />
          <label className="field">{t("patients.unit")}
            <select value={patient.run_id ?? ""} disabled={sending || patient.state === "on_the_way"}
              onChange={(event) => give(() => care.loadPatient(patient.id, event.target.value || null))}>
              <option value="">{runs.length > 0 ? t("patients.no_unit") : t("patients.no_unit_here")}</option>
              {runs.map((run) => <option key={run.id} value={run.id}>{run.callsign} · {known(t, "run", run.status)}</option>)}
            </select></label>
        </div>
      )}
      {waitsForHospital && (
        <div className="row-of-buttons">
          <button type="button" className="quiet" aria-expanded={ending} onClick={() => setEnding(!ending)}>{t("patients.end")}</button>
          {ending && ENDINGS.map((outcome) => (
            <button key={outcome} type="button" disabled={sending} onClick={() => give(() => care.endPatient(patient.id, outcome))}>
              {known(t, "patient_end", outcome)}</button>
          ))}
        </div>
      )}
      <Notice trouble={trouble} />
    </div>
  );
}
