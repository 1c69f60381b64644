/** Where the patient goes, who else could take them, counted from where the unit is; and what the hospital is told ahead. */
import { useCallback } from "react";
import { en, vi } from "virtual:texts/care";

import { useLink, useRow, useRows } from "../live";
import { usePolled } from "../live/polled";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { distance, since } from "../text/format";
import { addTexts, ago, bedName, known, useText } from "../text/i18n";
import * as crew from "../wire/crew";
import type { HospitalRow, IncidentRow, RunRow } from "../wire/rows";
import { PreAlertForm } from "./PreAlertForm";

addTexts({ vi, en });

const AGAIN_MS = 20_000;

type Props = { run: RunRow; incident: IncidentRow | undefined };

export function Hospitals({ run, incident }: Props) {
  const { t } = useText();
  const bound = useRow("hospitals", run.hospital_id);
  const kind = run.bed_kind ?? incident?.needs.bed_kind ?? null;
  return (
    <>
      <section className="sheet-of-paper" aria-label={t("crew.hospital.bound")}>
        <p><small>{t("crew.hospital.bound")}</small></p>
        {bound ? <Bound row={bound} run={run} kind={kind} /> : <h2>{t("crew.hospital.none")}</h2>}
      </section>
      <PreAlertForm key={run.id} run={run} />
      <Others run={run} kind={kind} />
    </>
  );
}

function Bound({ row, run, kind }: { row: HospitalRow; run: RunRow; kind: string | null }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  return (
    <>
      <h2>{language === "en" ? row.name_en || row.name : row.name}</h2>
      <Beds row={row} kind={kind} />
      {run.bed_kind && <p>✓ {t("crew.hospital.held", { bed: bedName(city!.bed_kinds, run.bed_kind, language, t).toLowerCase() })}</p>}
    </>
  );
}

/** How many beds of the kind that is wanted, and how old that figure is. */
function Beds({ row, kind }: { row: HospitalRow; kind: string | null }) {
  const { t } = useText();
  const now = useSecond();
  const bed = kind ? row.beds[kind] : undefined;
  return (
    <p className="beds">
      {bed ? <><b>{known(t, "bed", kind!)} {t("crew.hospital.free", { count: bed.free })}</b>
        {bed.reported_at && <small> · {ago(t, since(bed.reported_at, now))}</small>}</> : t("crew.hospital.unknown")}
      {row.diversion && <b className="hot"> ■ {t("hospital.diverting")}</b>}
    </p>
  );
}

function Others({ run, kind }: { run: RunRow; kind: string | null }) {
  const { t, language } = useText();
  const rows = useRows("hospitals");
  const live = useLink() === "live";
  const { trouble, attempt } = useTrouble();
  const ask = useCallback(() => crew.destinations(run.id), [run.id]);
  const { value, again } = usePolled(ask, AGAIN_MS, `${run.hospital_id} ${run.status}`);
  const key = `run:${run.id}`;
  const sending = usePending(key);
  const name = (id: string, otherwise: string) => {
    const row = rows.find((one) => one.id === id);
    return (language === "en" ? row?.name_en || row?.name : row?.name) ?? otherwise;
  };
  async function go(hospital: string, bed: string | null) {
    await attempt(() => waiting.give(key, () => crew.redirect(run.id, hospital, bed)));
    again();
  }
  return (
    <section className="sheet-of-paper" aria-label={t("crew.hospital.others")}>
      <h2>{t("crew.hospital.others")}</h2>
      <Notice trouble={trouble} />
      {!live && <p className="doubt">▲ {t("crew.hospital.no_line")}</p>}
      <ul className="hospital-list">
        {value?.hospitals.map((one) => {
          const row = rows.find((other) => other.id === one.hospital_id);
          return (
            <li key={one.hospital_id}>
              <div className="grow"><b>{name(one.hospital_id, one.name)}</b>
                <p><b>{t("crew.hospital.minutes", { count: Math.max(1, Math.round(one.eta_s / 60)) })}</b> · {distance(one.distance_m, language)}
                  {one.stale && <b className="amber"> ▲ {t("crew.hospital.stale")}</b>}</p>
                {row && <Beds row={row} kind={one.bed_kind ?? kind} />}</div>
              <button type="button" disabled={!live || sending} onClick={() => void go(one.hospital_id, one.bed_kind)}>{t("crew.hospital.go")}</button>
            </li>
          );
        })}
      </ul>
      {value && value.hospitals_rejected.length > 0 && (
        <details><summary>{t("crew.hospital.rejected")} ({value.hospitals_rejected.length})</summary>
          <ul>{value.hospitals_rejected.map((one) => <li key={one.hospital_id}>{name(one.hospital_id, one.name)}: {language === "en" ? one.reason : one.reason_vi}</li>)}</ul>
        </details>
      )}
    </section>
  );
}
