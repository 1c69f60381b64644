/** A hospital, and a kind of bed there: with how many are free, and how old that figure is. */
import { useMemo } from "react";

import { bedKinds } from "../boards/bedKinds";
import { useRow, useRows } from "../live";
import { BedAge } from "../boards/BedAge";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { bedName, known, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import { usualKind } from "./spreading";

export type Place = { hospital_id: string | null; bed_kind: string | null };

type Props = { place: Place; choose: (place: Place) => void; none: string; disabled?: boolean; first?: string[] };

/** `first`: hospitals by id that stand above the others, such as the nearest. */
export function BedChoice({ place, choose, none, disabled = false, first = [] }: Props) {
  const { t, language } = useText();
  const city = useCell(session).city!;
  const all = useRows("hospitals");
  const hospitals = useMemo(() => {
    const rank = (row: HospitalRow) => (first.includes(row.id) ? first.indexOf(row.id) : first.length);
    return [...all].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "vi"));
  }, [all, first]);
  const row = useRow("hospitals", place.hospital_id);
  const bed = place.bed_kind ? row?.beds[place.bed_kind] : undefined;
  const kinds = row ? bedKinds(row) : [];
  return (
    <div className="bed-choice">
      <label className="field">{t("patients.hospital")}
        <select value={place.hospital_id ?? ""} disabled={disabled}
          onChange={({ target: { value } }) => choose({ hospital_id: value || null,
            bed_kind: usualKind(all.find((one) => one.id === value), place.bed_kind) })}>
          <option value="">{none}</option>
          {hospitals.map((one) => (
            <option key={one.id} value={one.id}>{language === "en" ? one.name_en || one.name : one.name}{one.diversion ? ` · ■ ${t("hospital.diverting")}` : ""}</option>
          ))}
        </select></label>
      {row && (
        <label className="field">{t("patients.bed")}
          <select value={place.bed_kind ?? ""} disabled={disabled} onChange={(event) => choose({ ...place, bed_kind: event.target.value || null })}>
            <option value="">{t("patients.no_bed_held")}</option>
            {kinds.map((kind) => <option key={kind} value={kind}>{bedName(city.bed_kinds, kind, language, t)} · {t("patients.free", { free: row.beds[kind]!.free })}</option>)}
          </select>
          {bed?.reported_at ? <BedAge at={bed.reported_at} /> : place.bed_kind && <span className="age amber">▲ {known(t, "age", "never")}</span>}
        </label>
      )}
    </div>
  );
}
