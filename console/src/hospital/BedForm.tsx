/** Counting beds with the thumb. What is typed stays until it is stored, whatever others report meanwhile. */
import { useState, type FormEvent } from "react";

import { bedKinds } from "../boards/bedKinds";
import { clock } from "../live/clock";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { since, timeOfDay } from "../text/format";
import { ago, bedName, useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";
import * as api from "../wire/api";
import type { BedRow, HospitalRow } from "../wire/rows";
import { counted, empty, report, within, type Count, type Edits } from "./beds";

type Base = Record<string, { staffed: number; empty: number }>;

export function BedForm({ row }: { row: HospitalRow }) {
  const { t, language } = useText();
  const { city, me } = useCell(session);
  const [edits, setEdits] = useState<Edits>({});
  const [base, setBase] = useState<Base>({});
  const [saved, setSaved] = useState(false);
  const { trouble, attempt } = useTrouble();
  const sending = usePending(`beds:${row.id}`);
  const kinds = bedKinds(row);
  const changed = Object.keys(edits).length > 0;
  const { age, state } = useOldestReport(row);

  function edit(kind: string, bed: BedRow, count: Count) {
    setSaved(false);
    if (!base[kind]) setBase({ ...base, [kind]: { staffed: bed.staffed, empty: empty(bed) } });
    setEdits({ ...edits, [kind]: within(count, bed.blocked) });
  }

  async function store(sent: Edits) {
    const stored = await attempt(() =>
      waiting.give(`beds:${row.id}`, () => api.reportBeds(row.id, clock.iso(), report(row.beds, sent))));
    if (!stored) return;
    // Counts changed while the save was under way are not saved yet and stay.
    setEdits((now) => Object.fromEntries(Object.entries(now).filter(([kind, count]) => sent[kind] !== count)));
    setBase({});
    setSaved(true);
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void store(edits);
  };

  return (
    <form className="bed-form" onSubmit={submit} noValidate aria-label={t("beds.title")}>
      <p className={`report-age ${state}`}>
        {MARK[state]} {age === null ? t("age.never") : t("age.updated_long", { ago: ago(t, age) })}
      </p>
      {state === "red" && kinds.length > 0 && <p className="nag" role="alert">{t("beds.nag")}</p>}
      {kinds.map((kind) => {
        const bed = row.beds[kind]!;
        const count = counted(bed, edits[kind]);
        const was = base[kind];
        const clash = edits[kind] && was && (was.empty !== empty(bed) || was.staffed !== bed.staffed);
        const name = bedName(city!.bed_kinds, kind, language, t);
        return (
          <div key={kind} className={`bed-card ${edits[kind] ? "edited" : ""}`} role="group" aria-label={name}>
            <div className="bed-name">
              <h2>{name}</h2>
              <label className="staffed">{t("beds.staffed")}
                <input type="number" min={0} max={9999} inputMode="numeric" value={count.staffed}
                  onChange={(event) => edit(kind, bed, { ...count, staffed: Number(event.target.value) || 0 })} />
              </label>
              {bed.held > 0 && <p className="held">{t("beds.held", { held: bed.held, free: Math.max(0, count.empty - bed.held) })}</p>}
              {clash && (
                <p className="clash" role="alert">▲ {t("beds.clash", {
                  who: bed.reported_by ?? "?", empty: empty(bed), staffed: bed.staffed,
                  time: bed.reported_at ? timeOfDay(bed.reported_at, city!.timezone, false) : "?",
                })}</p>
              )}
            </div>
            <button type="button" className="stepper" aria-label={t("beds.fewer", { name })} disabled={count.empty <= 0}
              onClick={() => edit(kind, bed, { ...count, empty: count.empty - 1 })}>−</button>
            <output className="bed-count" aria-label={t("beds.empty", { name })}>{count.empty}<small>{t("beds.empty_short")}</small></output>
            <button type="button" className="stepper" aria-label={t("beds.more", { name })}
              onClick={() => edit(kind, bed, { ...count, empty: count.empty + 1 })}>+</button>
          </div>
        );
      })}
      {kinds.length === 0 && <p>{t("beds.none")}</p>}
      <div className="bed-buttons">
        <div className="said">
          <Notice trouble={trouble} />
          <p className="saved" role="status">
            {sending ? t("sending") : saved && !changed ? `✓ ${t("beds.saved", { who: me!.username })}` : ""}
          </p>
        </div>
        <button className="primary big" disabled={!changed || sending}>{t("beds.save")}</button>
        <button type="button" className={state === "red" && !changed ? "primary big" : "big"} disabled={changed || sending} onClick={() => store({})}>{t("beds.unchanged")}</button>
      </div>
    </form>
  );
}

/** How old the oldest of its counts is, in seconds; null where none was ever told. */
function useOldestReport(row: HospitalRow) {
  const { targets } = useCell(session).city!;
  const now = useSecond();
  const times = Object.values(row.beds).map((bed) => bed.reported_at).filter((at) => at !== null).sort();
  const age = times.length === 0 ? null : since(times[0]!, now);
  return { age, state: level(age ?? Infinity, targets.bed_age.amber_s, targets.bed_age.red_s) };
}
