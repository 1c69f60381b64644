/** Many hurt: count them by colour, colour those who have a tag, and say who is aboard. */
import "../patients/patients.css";

import { useCallback, useState } from "react";
import { en, vi } from "virtual:texts/care";

import { useLink, useRows } from "../live";
import { usePolled } from "../live/polled";
import { Assessment } from "../patients/Assessment";
import { ColourBadge } from "../patients/ColourBadge";
import { COLOURS, inOrderOfNeed, type Colour } from "../patients/colours";
import { addTexts, known, useText } from "../text/i18n";
import { patientsOf } from "../wire/crew";
import type { PatientRow, RunRow } from "../wire/rows";
import { CountByColour } from "./CountByColour";
import { tap, useOutbox } from "./errands";
import { useLost } from "./useLost";

addTexts({ vi, en });

const AGAIN_MS = 15_000;

export function Casualties({ run }: { run: RunRow }) {
  const { t } = useText();
  const live = useLink() === "live";
  const ask = useCallback(() => patientsOf(run.incident_id), [run.incident_id]);
  const changes = `${useRows("patients").map((row) => row.seq).join()} ${useOutbox().delivered}`;
  const { value } = usePolled(ask, AGAIN_MS, changes);
  const rows = value ? inOrderOfNeed(value.patients) : [];
  return (
    <>
      <CountByColour incident={run.incident_id} />
      <section className="sheet-of-paper" aria-label={t("crew.tags")}>
        <h2>{t("crew.tags")} {rows.length > 0 && <small>{rows.length}</small>}</h2>
        {!live && <p className="doubt">▲ {t("crew.tags.no_line")}</p>}
        {value && rows.length === 0 && <p className="faint">{t("crew.tags.none")}</p>}
        <ul className="tagged">{rows.map((row) => <Tag key={row.id} row={row} run={run} live={live} />)}</ul>
      </section>
    </>
  );
}

function Tag({ row, run, live }: { row: PatientRow; run: RunRow; live: boolean }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const { lost, keep } = useLost();
  const { waiting } = useOutbox();
  const tapped = waiting.some(({ order }) => "patient_id" in order && order.patient_id === row.id);
  const colour = (category: Colour) => keep(tap({ kind: "sort", patient_id: row.id, tag: row.tag, category }));
  const aboard = row.run_id === run.id;
  return (
    <li>
      <button type="button" className="tag-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{row.tag}</b> <ColourBadge sort={row.category ?? "unsorted"} />
        <span className="grow">{known(t, "patient", row.state)}{tapped && <small> · {t("crew.unsent")}</small>}</span>
      </button>
      {open && row.ended_at === null && (
        <div className="stack">
          <div className="four-colours" role="group" aria-label={t("patients.colour")}>
            {COLOURS.map((one) => (
              <button key={one} type="button" className={`colour-button ${one}`} aria-pressed={row.category === one} onClick={() => colour(one)}>{t(`colour.${one}`)}</button>
            ))}
          </div>
          {live && <button type="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>{t("start.open")}</button>}
          {asking && <Assessment patient={row} />}
          {["at_scene", "aboard"].includes(row.state) && (
            <button type="button" onClick={() => keep(tap({ kind: "load", patient_id: row.id, tag: row.tag, run_id: aboard ? null : run.id }))}>
              {t(aboard ? "crew.tags.off" : "crew.tags.aboard")}</button>
          )}
          {lost}
        </div>
      )}
    </li>
  );
}
