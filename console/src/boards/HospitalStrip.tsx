/** The hospitals in one strip: free beds of the kinds that decide, how old the figure is, who turns units away. */
import { useMemo } from "react";

import { useRows } from "../live";
import { BedAge } from "../recommend/HospitalChoice";
import { session } from "../shell/session";
import { selection } from "../shell/selection";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import { showPoint } from "./goto";

const SHOWN = ["EmergencyDepartment", "AdultICU", "PediatricICU", "NeonatalICU", "OperatingRooms", "MedicalSurgical"];
const KINDS_A_CARD = 3;

export function HospitalStrip() {
  const { t } = useText();
  const hospitals = useRows("hospitals");
  const rows = useMemo(() => [...hospitals].sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true })), [hospitals]);
  return (
    <section className="panel hospitals" aria-label={t("hospitals.title")}>
      {rows.map((row) => <HospitalCard key={row.id} row={row} />)}
    </section>
  );
}

function HospitalCard({ row }: { row: HospitalRow }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  const here = useCell(selection).hospital === row.id;
  const kinds = bedsToShow(row);
  const oldest = kinds.map((kind) => row.beds[kind]!.reported_at).filter((at) => at !== null).sort()[0];
  const name = language === "en" ? row.name_en || row.name : row.name;
  return (
    <button type="button" className={`hospital-card ${here ? "selected" : ""} ${row.diversion ? "diverting" : ""}`}
      title={name} onClick={() => { selection.change({ hospital: row.id }); showPoint(row.position); }}>
      <span className="hospital-title"><abbr className="code">{row.code}</abbr> <span>{name}</span></span>
      <span className="bed-counts">
        {kinds.map((kind) => (
          <span key={kind}>{known(t, "bed", kind)} <b className={row.beds[kind]!.free <= 0 ? "none" : ""}>{row.beds[kind]!.free}</b>
            <small>/{row.beds[kind]!.staffed}</small></span>
        ))}
      </span>
      <span className="hospital-foot">
        {row.diversion
          ? <b className="hot">■ {t("hospital.diverting_until", { time: timeOfDay(row.diversion.until, city!.timezone, false) })}</b>
          : oldest ? <BedAge at={oldest} /> : <span className="age amber">▲ {t("age.never")}</span>}
        {row.inbound.length > 0 && <span className="inbound-count">{t("hospital.inbound", { count: row.inbound.length })}</span>}
      </span>
    </button>
  );
}

export function bedsToShow(row: HospitalRow): string[] {
  const have = Object.keys(row.beds);
  const first = SHOWN.filter((kind) => have.includes(kind));
  return [...first, ...have.filter((kind) => !SHOWN.includes(kind))].slice(0, KINDS_A_CARD);
}
