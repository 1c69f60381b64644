/** Many at once, as a crew calls it over the radio: "4 đỏ 3 vàng". Who has a tag and no colour yet is coloured first. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as care from "../wire/care";
import { freshId } from "../wire/ids";
import type { PatientRow } from "../wire/rows";
import { ALL_SORTS, COLOURS, inAll, type Colour, type Counts } from "./colours";
import { Totals } from "./ColourBadge";
import { readCounts, share, unsortedAtScene, writeCounts } from "./counts";

export function AddPatients({ incident, rows }: { incident: string; rows: PatientRow[] }) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [id, setId] = useState(freshId);
  const { trouble, complain, attempt } = useTrouble();
  const key = `patients:${incident}`;
  const sending = usePending(key);
  const { counts, wrong } = readCounts(text);
  const word = (colour: Colour) => t(`colour.${colour}`).toLowerCase();
  const write = (next: Counts) => setText(writeCounts(next, word));
  const untouched = unsortedAtScene(rows).length;
  const toColour = share(counts, rows);

  async function enter(event: FormEvent, colourFirst: boolean) {
    event.preventDefault();
    if (wrong.length > 0) return complain(t("patients.wrong_words", { words: wrong.join(", ") }));
    if (inAll(counts) === 0) return complain(t("patients.needs_count"));
    const { colourings, left } = colourFirst ? toColour : { colourings: [], left: counts };
    const still = { ...counts };
    const fresh = ALL_SORTS.flatMap((sort) => Array.from({ length: left[sort] }, () => (sort === "unsorted" ? {} : { category: sort })));
    // One order to the eye: a second one under this key would wait for the first to stand on the screen.
    const stored = await attempt(() => waiting.give(key, async () => {
      let told = { seq: 0 };
      for (const { patient_id, category } of colourings) {
        told = await care.sortPatient(patient_id, { category });
        still[category] -= 1;
        write(still); // breaks it off here, the text says who is left
      }
      return fresh.length > 0 ? care.enterPatients(incident, id, fresh) : told;
    }));
    if (!stored) return;
    setText("");
    setId(freshId());
  }

  const colours = untouched > 0 && toColour.colourings.length > 0;
  return (
    <form className="add-patients" onSubmit={(event) => void enter(event, colours)} noValidate>
      <label className="field">{t("patients.by_count")}
        <input value={text} onChange={(event) => { setText(event.target.value); setId(freshId()); }} placeholder={t("patients.count_hint")}
          autoComplete="off" aria-invalid={wrong.length > 0} /></label>
      <div className="plus-colours" role="group" aria-label={t("patients.by_count")}>
        {COLOURS.map((colour) => (
          <button key={colour} type="button" className={`colour-button ${colour}`} disabled={sending}
            onClick={() => write({ ...counts, [colour]: counts[colour] + 1 })}>+1 {t(`colour.${colour}`)}</button>
        ))}
      </div>
      <div className="row-of-buttons">
        {inAll(counts) > 0 && <Totals counts={counts} />}
        {colours && <button className="primary" disabled={sending}>
          {t(inAll(toColour.left) > 0 ? "patients.colour_and_add" : "patients.colour_tags",
            { count: toColour.colourings.length, more: inAll(toColour.left) })}</button>}
        <button type={colours ? "button" : "submit"} className={colours ? "quiet" : "primary"} disabled={sending || inAll(counts) === 0}
          onClick={colours ? (event) => void enter(event, false) : undefined}>
          {sending ? t("sending") : inAll(counts) > 0 ? t("patients.add_new", { count: inAll(counts) }) : t("patients.add")}</button>
      </div>
      {wrong.length > 0 && <p className="wrong">{t("patients.wrong_words", { words: wrong.join(", ") })}</p>}
      <Notice trouble={trouble} />
    </form>
  );
}
