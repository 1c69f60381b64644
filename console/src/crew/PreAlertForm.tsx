/** What the crew tells the hospital ahead. All of it may be left out; the vital signs count only when all are there. */
import { useState, type FormEvent } from "react";

import { useText, type Key } from "../text/i18n";
import type { PreAlert } from "../wire/crew";
import type { RunRow } from "../wire/rows";
import { tap } from "./errands";
import { numberIn, VITALS, type VitalName } from "./vitals";
import { useLost } from "./useLost";

type Draft = Record<VitalName | "age" | "condition" | "treatment", string> & { sex?: PreAlert["sex"]; avpu?: PreAlert["avpu"]; oxygen: boolean };
const EMPTY: Draft = { oxygen: false, age: "", condition: "", treatment: "", rate: "", spo2: "", systolic: "", pulse: "", temperature: "" };

/** What was filled in must outlive a look at another part of the page: what is sent again takes the place of all that was sent. */
const drafts = new Map<string, Draft>();

export function PreAlertForm({ run }: { run: RunRow }) {
  const { t } = useText();
  const [draft, setDraft] = useState<Draft>(() => drafts.get(run.id) ?? EMPTY);
  const [said, setSaid] = useState<Key | null>(null);
  const { lost, keep } = useLost();
  const write = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    drafts.set(run.id, next);
    setDraft(next);
    setSaid(null);
  };
  const vitals = VITALS.map((one) => numberIn(draft[one.name], one));
  const { sex, avpu, oxygen } = draft;
  const age = numberIn(draft.age, { least: 0, most: 130, whole: true });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!run.hospital_id) return setSaid("crew.alert.no_hospital");
    if ([...vitals, age].includes("wrong")) return setSaid("crew.alert.wrong");
    const told: PreAlert = {};
    if (typeof age === "number") told.age_years = age;
    if (sex) told.sex = sex;
    if (avpu) told.avpu = avpu;
    if (draft.condition.trim()) told.condition = draft.condition.trim();
    if (draft.treatment.trim()) told.treatment = draft.treatment.trim();
    const [rate, spo2, systolic, pulse, temperature_c] = vitals;
    const measured = { rate, spo2, systolic, pulse, temperature_c } as NonNullable<PreAlert["vitals"]>;
    if (vitals.some((one) => typeof one === "number")) {
      told.vitals = { ...measured, on_oxygen: oxygen, consciousness: avpu ?? null, hypercapnic: false };
    }
    if (Object.keys(told).length === 0) return setSaid("crew.alert.empty");
    keep(tap({ kind: "pre_alert", run_id: run.id, told }).then(() => setSaid("crew.alert.kept")));
  }

  return (
    <details className="sheet-of-paper pre-alert-form">
      <summary>{t("crew.alert")}</summary>
      <form onSubmit={submit} noValidate>
        <div className="pair">
          <label className="field">{t("crew.alert.age")}
            <input inputMode="numeric" value={draft.age} aria-invalid={age === "wrong"} onChange={(event) => write({ age: event.target.value })} /></label>
          <Pick legend={t("crew.alert.sex")} options={["F", "M"] as const} value={sex} pick={(one) => write({ sex: one })} name={(one) => t(`sex.${one}`)} />
        </div>
        <Pick legend={t("crew.alert.avpu")} options={["A", "V", "P", "U"] as const} value={avpu} pick={(one) => write({ avpu: one })} name={(one) => `${one} ${t(`crew.alert.avpu.${one}`)}`} />
        <fieldset className="field"><legend>{t("crew.alert.vitals")}</legend>
          <div className="vitals">
            {VITALS.map((one, place) => (
              <label key={one.name} className="field">{t(one.label)}
                <input inputMode="decimal" value={draft[one.name]} aria-invalid={vitals[place] === "wrong"} onChange={(event) => write({ [one.name]: event.target.value })} /></label>
            ))}
            <button type="button" className="toggle" aria-pressed={oxygen} onClick={() => write({ oxygen: !oxygen })}>{oxygen ? "✓ " : ""}{t("crew.alert.oxygen")}</button>
          </div>
        </fieldset>
        <label className="field">{t("crew.alert.condition")}
          <textarea rows={2} maxLength={500} value={draft.condition} onChange={(event) => write({ condition: event.target.value })} /></label>
        <label className="field">{t("crew.alert.treatment")}
          <textarea rows={2} maxLength={500} value={draft.treatment} onChange={(event) => write({ treatment: event.target.value })} /></label>
        {lost}
        <p role="status" className="said">{said && t(said)}</p>
        <button className="big primary">{t("crew.alert.send")}</button>
      </form>
    </details>
  );
}

type PickProps<T extends string> = { legend: string; options: readonly T[]; value: T | null | undefined; pick: (one: T | undefined) => void; name: (one: T) => string };

function Pick<T extends string>({ legend, options, value, pick, name }: PickProps<T>) {
  return (
    <fieldset className="field"><legend>{legend}</legend>
      <div className="picks-row">
        {options.map((one) => (
          <button key={one} type="button" className="toggle" aria-pressed={value === one} onClick={() => pick(value === one ? undefined : one)}>{name(one)}</button>
        ))}
      </div>
    </fieldset>
  );
}
