/** A city that comes with Vigil, laid open before it is put into service: what is assumed, and what lies off the map. */
import { useText } from "../text/i18n";
import type { Told } from "./wire";

const BEDS = [["EmergencyDepartment", "hosp.ed"], ["AdultICU", "hosp.icu"], ["MedicalSurgical", "hosp.ward"]] as const;

export function OffTheMap({ told }: { told: Told }) {
  const { t } = useText();
  const units = (rows: Told["known_stations"]) => rows.reduce((sum, row) => sum + row.units.length, 0);
  const hospitals = told.known_hospitals.filter((row) => !row.on_map).length;
  const off = units(told.known_stations.filter((row) => !row.on_map));
  if (hospitals + off === 0) return null;
  return (
    <p className="off-map" role="alert"><span aria-hidden="true">▲ </span>{t("known.off_map", {
      hospitals, all_hospitals: told.known_hospitals.length, units: off, all_units: units(told.known_stations),
    })}</p>
  );
}

export function KnownHospitals({ told }: { told: Told }) {
  const { t } = useText();
  return (
    <>
      <p>{t("known.hospitals", { count: told.known_hospitals.length })}</p>
      <Correct told={told} file="hospitals.toml" />
      <div className="setup-known" tabIndex={0} role="region" aria-label={t("known.hospital")}>
        <table>
          <thead><tr><th>{t("hosp.code")}</th><th>{t("known.hospital")}</th>{BEDS.map(([kind, words]) => <th key={kind} className="figure">{t(words)}</th>)}<th>{t("known.data")}</th></tr></thead>
          <tbody>{told.known_hospitals.map((row) => (
            <tr key={row.id}>
              <td>{row.code}</td><td>{row.name}</td>
              {BEDS.map(([kind]) => <td key={kind} className="figure">{row.beds[kind] ? <Figure {...row.beds[kind]} /> : "—"}</td>)}
              <td><Says wrong={[!row.on_map && t("known.off"), row.specialities_assumed && t("known.services"),
                Object.values(row.beds).some((bed) => bed.assumed) && t("known.assumed")]} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

export function KnownStations({ told }: { told: Told }) {
  const { t } = useText();
  return (
    <>
      <p>{t("known.stations", { units: told.known_units.length, stations: told.known_stations.length })}</p>
      <Correct told={told} file="stations.toml, fleet.toml" />
      <div className="setup-known" tabIndex={0} role="region" aria-label={t("known.station")}>
        <table>
          <thead><tr><th>{t("known.station")}</th><th>{t("known.units")}</th><th>{t("known.data")}</th></tr></thead>
          <tbody>{told.known_stations.map((row) => (
            <tr key={row.id}>
              <td>{row.name}</td><td>{row.units.join(" ") || "—"}</td>
              <td><Says wrong={[!row.on_map && t("known.off"), (row.assumed || row.units_assumed > 0) && t("known.assumed")]} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

function Figure({ staffed, assumed }: { staffed: number; assumed: boolean }) {
  return assumed ? <mark>▲ {staffed}</mark> : <>{staffed}</>;
}

function Says({ wrong }: { wrong: (string | false)[] }) {
  const { t } = useText();
  const words = wrong.filter(Boolean).join(", ");
  return words ? <mark>▲ {words}</mark> : <>{t("known.stated")}</>;
}

function Correct({ told, file }: { told: Told; file: string }) {
  const { t } = useText();
  const { files } = told;
  if (!files) return null;
  const words = files.read === files.own ? t("known.correct_own", { own: files.own, file }) : t("known.correct", { ...files, file });
  return <p><small>{words}</small></p>;
}
