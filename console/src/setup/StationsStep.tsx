/** Where units start from, and how many of each kind. */
import { useState } from "react";

import { useText } from "../text/i18n";
import { StepForm, type StepProps } from "./Form";
import { readSpot, saySpot, slug } from "./spot";
import { KnownStations } from "./Known";
import { tell, type Hospital, type Station } from "./wire";

type Entry = Station & { place: string };
const KINDS = [["als_vans", "stat.als"], ["bls_vans", "stat.bls"], ["motorbikes", "stat.moto"]] as const;

export function StationsStep({ told, heard }: StepProps) {
  const { t } = useText();
  const [entries, setEntries] = useState<Entry[]>(() => told.stations.length > 0
    ? told.stations.map((station) => ({ ...station, place: saySpot(station.position) }))
    : told.hospitals[0] ? [at(told.hospitals[0], t("stat.first"), 1, 2)] : []);
  if (told.city!.shipped) {
    return (
      <>
        <KnownStations told={told} />
        <button type="button" className="primary setup-go" onClick={() => heard(told)}>{t("setup.next")}</button>
      </>
    );
  }
  const edit = (index: number, part: Partial<Entry>) =>
    setEntries(entries.map((entry, place) => (place === index ? { ...entry, ...part } : entry)));

  function stand(index: number, id: string) {
    const hospital = told.hospitals.find((each) => each.id === id);
    edit(index, hospital ? { hospital: id, place: saySpot(hospital.position), name: entries[index]!.name || hospital.name } : { hospital: null });
  }

  async function give() {
    const stations: Station[] = [];
    const ids = new Set<string>();
    for (const { place, ...entry } of entries) {
      const position = readSpot(place);
      if (!position) return t("place.wrong", { name: entry.name || "?" });
      let id = slug(entry.name) || "station";
      for (let number = 2; ids.has(id); number += 1) id = `${slug(entry.name)}-${number}`;
      ids.add(id);
      stations.push({ ...entry, id, position });
    }
    return tell("PUT", "/stations", stations);
  }

  return (
    <StepForm give={give} heard={heard}>
      <p>{t("stat.why")}</p>
      <ul className="setup-cards">
        {entries.map((entry, index) => (
          <li key={index} className="on">
            <div className="setup-fields">
              <label className="field wide">{t("stat.name")}<input value={entry.name} onChange={(event) => edit(index, { name: event.target.value })} /></label>
              <label className="field wide">{t("stat.at")}
                <select value={entry.hospital ?? ""} onChange={(event) => stand(index, event.target.value)}>
                  <option value="">{t("stat.own_place")}</option>
                  {told.hospitals.map((hospital) => <option key={hospital.id} value={hospital.id}>{hospital.name}</option>)}
                </select>
              </label>
              <label className="field wide">{t("hosp.place")}<input value={entry.place} onChange={(event) => edit(index, { place: event.target.value })} placeholder="10.7769, 106.7009" /></label>
              {KINDS.map(([kind, words]) => (
                <label key={kind} className="field">{t(words)}
                  <input inputMode="numeric" value={entry[kind]} onChange={(event) => edit(index, { [kind]: Number(event.target.value.replace(/\D/g, "")) })} />
                </label>
              ))}
            </div>
            <button type="button" onClick={() => setEntries(entries.filter((_, place) => place !== index))}>{t("stat.remove", { name: entry.name })}</button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => setEntries([...entries, { ...EMPTY }])}>{t("stat.add")}</button>
    </StepForm>
  );
}

const EMPTY: Entry = { id: "", name: "", position: { lat: 0, lon: 0 }, place: "", hospital: null, als_vans: 0, bls_vans: 1, motorbikes: 0 };

function at(hospital: Hospital, name: string, als_vans: number, bls_vans: number): Entry {
  return { ...EMPTY, name, hospital: hospital.id, position: hospital.position, place: saySpot(hospital.position), als_vans, bls_vans, motorbikes: 1 };
}
