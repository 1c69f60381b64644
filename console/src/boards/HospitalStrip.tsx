/** The hospitals in one strip: free beds of the kinds that decide, how old the figure is, who turns units away. */
import { useMemo, useRef, useState } from "react";

import { useRows } from "../live";
import { BedAge } from "./BedAge";
import { More } from "../shell/More";
import { session } from "../shell/session";
import { selection } from "../shell/selection";
import { useCell } from "../store/cell";
import { shortly, timeOfDay } from "../text/format";
import { bedName, known, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import { bedKinds } from "./bedKinds";
import { TransfersButton } from "../transfers/TransfersButton";
import { showPoint } from "./moves";
import { plain } from "./plain";

const KINDS_A_CARD = 3;

export function HospitalStrip() {
  const { t } = useText();
  const hospitals = useRows("hospitals");
  const [text, setText] = useState("");
  const cards = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => {
    const wanted = plain(text);
    return hospitals
      .filter((row) => wanted === "" || plain(`${row.code} ${row.name} ${row.name_en} ${row.specialities.join(" ")}`).includes(wanted))
      .sort((a, b) => size(b) - size(a) || a.code.localeCompare(b.code));
  }, [hospitals, text]);
  return (
    <section className="panel hospitals" aria-label={t("hospitals.title")}>
      <div className="hospitals-head">
        <h2>{t("hospitals.title")} <small>{rows.length}</small></h2>
        <input className="filter" value={text} onChange={(event) => setText(event.target.value)}
          placeholder={t("hospitals.filter")} aria-label={t("hospitals.filter")} />
        <TransfersButton />
      </div>
      <div className="hospital-cards" ref={cards}>{rows.map((row) => <HospitalCard key={row.id} row={row} />)}</div>
      <More list={cards} of=".hospital-card" say="hospitals.more" />
    </section>
  );
}

function HospitalCard({ row }: { row: HospitalRow }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  const here = useCell(selection).hospital === row.id;
  const kinds = bedKinds(row).slice(0, KINDS_A_CARD);
  const oldest = kinds.map((kind) => row.beds[kind]!.reported_at).filter((at) => at !== null).sort()[0];
  const name = language === "en" ? row.name_en || row.name : row.name;
  return (
    <button type="button" className={`hospital-card ${here ? "selected" : ""} ${row.diversion ? "diverting" : ""}`}
      title={name} onClick={() => { selection.change({ hospital: row.id }); showPoint(row.position); }}>
      <span className="hospital-title"><abbr className="code">{row.code}</abbr> <span>{shortly(name)}</span>
        {row.inbound.length > 0 && <small className="inbound-count">{t("hospital.inbound", { count: row.inbound.length })}</small>}</span>
      <span className="bed-counts">
        {kinds.map((kind) => (
          <span key={kind} title={bedName(city!.bed_kinds, kind, language, t)}>{known(t, "bed", kind)} <b className={row.beds[kind]!.free <= 0 ? "none" : ""}>{row.beds[kind]!.free}</b>
            <small>/{row.beds[kind]!.staffed}</small></span>
        ))}
      </span>
      <span className="hospital-foot">
        {row.diversion
          ? <b className="hot">■ {t("hospital.diverting_until", { time: timeOfDay(row.diversion.until, city!.timezone, false) })}</b>
          : oldest ? <BedAge at={oldest} oldest={kinds.length > 1} /> : <span className="age amber">▲ {t("age.never")}</span>}
      </span>
    </button>
  );
}

/** Large emergency departments stand first, always in the same place. */
function size(row: HospitalRow): number {
  return (row.beds.EmergencyDepartment?.staffed ?? 0) * 1000 + Object.values(row.beds).reduce((sum, bed) => sum + bed.staffed, 0);
}
