/** Everybody with a tag, who needs help soonest on top. A line opens to what can be said of that patient. */
import { useState } from "react";

import { useRow } from "../live";
import { atDesk, session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending } from "../store/pending";
import { bedName, known, useText } from "../text/i18n";
import type { PatientRow } from "../wire/rows";
import { ColourBadge } from "./ColourBadge";
import { PatientEditor } from "./PatientEditor";
import { lacksPlace } from "./usePatients";

export function PatientList({ rows }: { rows: PatientRow[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <ul className="patient-list">
      {rows.map((row) => <PatientLine key={row.id} row={row} open={open === row.id} turn={() => setOpen(open === row.id ? null : row.id)} />)}
    </ul>
  );
}

function PatientLine({ row, open, turn }: { row: PatientRow; open: boolean; turn: () => void }) {
  const { t, language } = useText();
  const { city, me } = useCell(session);
  const hospital = useRow("hospitals", row.hospital_id);
  const sending = usePending(`patient:${row.id}`);
  const who = [row.sex && known(t, "sex", row.sex), row.age_band && known(t, "age_band", row.age_band)].filter(Boolean).join(", ");
  const may = atDesk(me) && row.state !== "ended";
  return (
    <li className={`patient ${row.ended_at ? "over" : ""} ${sending ? "sending" : ""}`}>
      <button type="button" className="patient-line" aria-expanded={may ? open : undefined} disabled={!may} onClick={turn}>
        <b className="tag">{row.tag}</b>
        <ColourBadge sort={row.category ?? "unsorted"} />
        <span className="patient-who">{who || "—"}</span>
        <span className="patient-state">{row.state === "ended" && row.outcome ? known(t, "patient_end", row.outcome) : known(t, "patient", row.state)}
          {row.callsign && <> · <b className="callsign">{row.callsign}</b></>}</span>
        <span className="patient-place">{hospital
          ? <>→ {language === "en" ? hospital.name_en || hospital.name : hospital.name}
              {row.bed_kind && <small> · {bedName(city!.bed_kinds, row.bed_kind, language, t)}</small>}</>
          : lacksPlace(row) && <span className="amber"><span aria-hidden="true">▲ </span>{t("patients.no_place")}</span>}</span>
        {may && <span aria-hidden="true" className="faint">{open ? "▾" : "▸"}</span>}
      </button>
      {open && may && <PatientEditor patient={row} />}
    </li>
  );
}
