/** Which hospitals take emergencies, and their beds of an ordinary day: those of the map, and any that it lacks. */
import { useState } from "react";

import { useText } from "../text/i18n";
import { StepForm, type StepProps } from "./Form";
import { Specialities } from "./Specialities";
import { readSpot, saySpot, slug } from "./spot";
import { KnownHospitals } from "./Known";
import { tell, type Hospital } from "./wire";

type Entry = Hospital & { used: boolean; place: string };
const BEDS = [["emergency_beds", "hosp.ed"], ["icu_beds", "hosp.icu"], ["ward_beds", "hosp.ward"]] as const;
/** Letters that no Vietnamese keyboard bends, for the codes of hospitals that the map lacks. */
const PLAIN = "BCGHKLMNPQTV";

export function HospitalsStep({ told, heard }: StepProps) {
  const { t } = useText();
  const [entries, setEntries] = useState<Entry[]>(() => begin(told.map!.found, told.hospitals));
  if (told.city!.shipped) {
    return (
      <>
        <KnownHospitals told={told} />
        <button type="button" className="primary setup-go" onClick={() => heard(told)}>{t("setup.next")}</button>
      </>
    );
  }
  const edit = (index: number, part: Partial<Entry>) =>
    setEntries(entries.map((entry, place) => (place === index ? { ...entry, ...part } : entry)));
  const used = entries.filter((entry) => entry.used);

  async function give() {
    const hospitals: Hospital[] = [];
    for (const { used: _, place, ...entry } of used) {
      const position = readSpot(place);
      if (!position) return t("place.wrong", { name: entry.name || "?" });
      hospitals.push({ ...entry, position, id: entry.id || slug(entry.name), name_en: entry.name_en || entry.name });
    }
    return tell("PUT", "/hospitals", hospitals);
  }

  return (
    <StepForm give={give} heard={heard}>
      <p>{t("hosp.why")}</p>
      {entries.length === 0 && <p>{t("hosp.none")}</p>}
      <p role="status"><b>{t("hosp.chosen", { count: used.length })}</b></p>
      <ul className="setup-cards">
        {entries.map((entry, index) => (
          <li key={index} className={entry.used ? "on" : ""}>
            <label className="setup-choice">
              <input type="checkbox" checked={entry.used} onChange={(event) => edit(index, { used: event.target.checked })} />
              <b>{t("hosp.use", { name: entry.name || "…" })}</b>
            </label>
            {entry.used && (
              <div className="setup-fields of-hospital">
                <label className="field wide">{t("hosp.name")}<input value={entry.name} onChange={(event) => edit(index, { name: event.target.value })} /></label>
                <label className="field wide">{t("hosp.name_en")}<input value={entry.name_en} onChange={(event) => edit(index, { name_en: event.target.value })} /></label>
                <label className="field">{t("hosp.code")}<input value={entry.code} maxLength={4} spellCheck={false} onChange={(event) => edit(index, { code: event.target.value.toUpperCase() })} /></label>
                {BEDS.map(([kind, words]) => (
                  <label key={kind} className="field">{t(words)}
                    <input inputMode="numeric" value={entry[kind]} onChange={(event) => edit(index, { [kind]: Number(event.target.value.replace(/\D/g, "")), beds_assumed: false })} />
                  </label>
                ))}
                {entry.beds_assumed && <p className="wide off-map"><small><span aria-hidden="true">▲ </span>{t("hosp.assumed")}</small></p>}
                <label className="field wide">{t("hosp.place")}<input value={entry.place} onChange={(event) => edit(index, { place: event.target.value })} placeholder="10.7769, 106.7009" /></label>
                <Specialities chosen={entry.specialities} choose={(specialities) => edit(index, { specialities })} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => setEntries([...entries, fresh(entries)])}>{t("hosp.add")}</button>
    </StepForm>
  );
}

/** Whether it is called a hospital; a clinic or a beauty parlour that the map lists as one is left to whoever knows it. */
export function soundsLikeOne({ name }: { name: string }): boolean {
  return /bệnh viện|hospital|trung tâm y tế|medical cent/i.test(name) && !/thẩm mỹ|da liễu thẩm mỹ|skin|spa|beauty|nha khoa|dental/i.test(name);
}

function begin(found: Hospital[], chosen: Hospital[]): Entry[] {
  const ids = new Set(chosen.map((each) => each.id));
  const entry = (used: boolean) => (each: Hospital): Entry => ({ ...each, used, place: saySpot(each.position) });
  // At first the larger ones are chosen that are called a hospital: a map lists every clinic.
  const rest = found.filter((each) => !ids.has(each.id));
  const begun = new Set(chosen.length === 0 ? rest.filter(soundsLikeOne).slice(0, 8) : []);
  return [...chosen.map(entry(true)), ...rest.map((each) => entry(begun.has(each))(each))];
}

function fresh(entries: Entry[]): Entry {
  const taken = new Set(entries.map((entry) => entry.code));
  const pairs = [...PLAIN].flatMap((first) => [...PLAIN].map((second) => first + second)).filter((code) => !["NT", "TT", "HP"].includes(code));
  return {
    id: "", code: pairs.find((code) => !taken.has(code)) ?? "", name: "", name_en: "", position: { lat: 0, lon: 0 }, place: "",
    specialities: ["general"], emergency_beds: 10, icu_beds: 4, ward_beds: 50, from_map: false, beds_assumed: true, used: true,
  };
}
