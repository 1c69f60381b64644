/** Over the map while many patients are sorted, spread and put aboard. Esc or F6 shows the map again. */
import { useState } from "react";
import { en, vi } from "virtual:texts/care";

import { useRow } from "../live";
import { PriorityBadge } from "../queue/PriorityBadge";
import { Notice, useTrouble } from "../shell/Notice";
import { atDesk, session } from "../shell/session";
import { selection } from "../shell/selection";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { addTexts, useText } from "../text/i18n";
import * as care from "../wire/care";
import type { PatientRow } from "../wire/rows";
import { AddOne } from "./AddOne";
import { AddPatients } from "./AddPatients";
import { countOf } from "./colours";
import { Totals } from "./ColourBadge";
import { unsortedAtScene } from "./counts";
import { Declare } from "./Declare";
import { PatientList } from "./PatientList";
import { Sheet } from "./Sheet";
import { Spread } from "./Spread";
import { lacksPlace, usePatients } from "./usePatients";

addTexts({ vi, en });

export function PatientsPanel() {
  const { incident } = useCell(selection);
  return incident ? <Patients key={incident} id={incident} /> : <NoIncident />;
}

function NoIncident() {
  const { t } = useText();
  return <Sheet title={t("patients.title")}><p className="nothing">{t("incident.none")}</p></Sheet>;
}

function Patients({ id }: { id: string }) {
  const { t } = useText();
  const { me } = useCell(session);
  const incident = useRow("incidents", id);
  const rows = usePatients(id);
  const [spreading, setSpreading] = useState(false);
  const here = rows.filter((row) => row.ended_at === null);
  const nowhere = here.filter(lacksPlace).length;
  const works = atDesk(me) && incident !== undefined && incident.closed_at === null;
  if (!incident) return <NoIncident />;
  return (
    <Sheet title={t("patients.of", { number: incident.number })}>
      <div className="sheet-facts">
        <PriorityBadge priority={incident.priority} />
        <span className="grow">{[incident.complaint, incident.address].filter(Boolean).join(" · ")}</span>
        <Totals counts={countOf(here)} />
      </div>
      {works && here.length > 0 && (
        <div className="tabs">
          <button type="button" aria-pressed={!spreading} onClick={() => setSpreading(false)}>{t("patients.list", { count: here.length })}</button>
          <button type="button" aria-pressed={spreading} onClick={() => setSpreading(true)}>
            {t("spread.open")}{nowhere > 0 && <span className="amber"> ▲ {t("patients.nowhere", { count: nowhere })}</span>}</button>
        </div>
      )}
      {spreading && works ? <Spread incident={id} rows={here} done={() => setSpreading(false)} /> : (
        <div className="scroll">
          {works && rows.length === 0 && <Declare incident={incident} />}
          {works && <AddPatients incident={id} rows={here} />}
          {works && <AddOne incident={id} />}
          {works && <Unused rows={here} incident={id} />}
          {rows.length > 0 ? <PatientList rows={rows} /> : <p className="nothing">{t("patients.none")}</p>}
        </div>
      )}
    </Sheet>
  );
}

/** Tags that were made for expected people who were not there, once others have a colour. */
function Unused({ rows, incident }: { rows: PatientRow[]; incident: string }) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const key = `patients:${incident}`;
  const sending = usePending(key);
  const unused = unsortedAtScene(rows).filter((row) => row.state === "at_scene" && row.hospital_id === null);
  if (unused.length === 0 || unused.length === rows.length) return null;
  const drop = () => attempt(() => waiting.give(key, async () => {
    let told = { seq: 0 };
    for (const row of unused) told = await care.endPatient(row.id, "mistaken");
    return told;
  }));
  return (
    <div className="unused">
      <span className="grow">{t("patients.unused", { count: unused.length })}</span>
      <button type="button" className="quiet" disabled={sending} onClick={() => void drop()}>{t("patients.drop_unused", { count: unused.length })}</button>
      <Notice trouble={trouble} />
    </div>
  );
}
