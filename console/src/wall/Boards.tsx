/** Who waits, where units are missing, and what hospitals have: as much as a wall has room for, and how many more. */
import { useMemo } from "react";

import { STATUSES } from "../boards/UnitBoard";
import { useRows } from "../live";
import { PriorityBadge } from "../queue/PriorityBadge";
import { countsFrom, inOrder, waits } from "../queue/order";
import { BedAge } from "../boards/BedAge";
import { session } from "../shell/session";
import { Timer } from "../shell/Timer";
import { useCell } from "../store/cell";
import { shortly, timeOfDay } from "../text/format";
import { useText } from "../text/i18n";

const MOST_INCIDENTS = 7;
const MOST_HOSPITALS = 10;
const MOST_STATIONS = 9;

export function WallQueue() {
  const { t } = useText();
  const { targets } = useCell(session).city!;
  const incidents = useRows("incidents");
  const rows = useMemo(() => inOrder(incidents), [incidents]);
  const waiting = rows.filter(waits);
  return (
    <section className="board" aria-label={t("wall.queue")}>
      <h2>{t("wall.queue")} <small>{t("wall.worked", { count: rows.length - waiting.length })}</small></h2>
      <ol>
        {waiting.slice(0, MOST_INCIDENTS).map((row) => (
          <li key={row.id} className="wall-line">
            <PriorityBadge priority={row.priority} /><b>#{row.number}</b>
            <span className="cut-off">{row.complaint || row.determinant || "—"}{row.address ? ` · ${row.address}` : ""}</span>
            <Timer since={countsFrom(row)} amber={targets.queue[row.priority].amber_s} red={targets.queue[row.priority].red_s} />
          </li>))}
      </ol>
      {waiting.length === 0 && <p className="nothing">{t("wall.queue_empty")}</p>}
      {waiting.length > MOST_INCIDENTS && <p className="and-more">▲ {t("wall.more", { count: waiting.length - MOST_INCIDENTS })}</p>}
    </section>
  );
}

export function WallUnits() {
  const { t } = useText();
  const { stations } = useCell(session).city!;
  const units = useRows("units");
  const gaps = useMemo(() => stations.map((station) => {
    const mine = units.filter((unit) => unit.station_id === station.id && unit.status !== "NS");
    return { ...station, duty: mine.length, free: mine.filter((unit) => unit.status === "AV").length };
  }).filter((station) => station.duty > 0 && station.free === 0).sort((a, b) => b.duty - a.duty || a.name.localeCompare(b.name, "vi")), [stations, units]);
  return (
    <section className="board" aria-label={t("wall.units")}>
      <h2>{t("wall.units")}</h2>
      <dl className="wall-statuses">
        {STATUSES.map((status) => (
          <div key={status}><dt><span className={`code-tag ${status}`}>{status}</span> <small>{t(`status.${status}`)}</small></dt>
            <dd>{units.filter((unit) => unit.status === status).length}</dd></div>))}
      </dl>
      <h3>{gaps.length > 0 ? <><span className="amber" aria-hidden="true">▲ </span>{t("wall.gaps")}</> : t("wall.no_gaps")}</h3>
      <ul>
        {gaps.slice(0, MOST_STATIONS).map((station) => (
          <li key={station.id} className="wall-line"><span className="cut-off">{station.name}</span><small>{t("wall.on_duty_at", { count: station.duty })}</small></li>))}
      </ul>
    </section>
  );
}

export function WallHospitals() {
  const { t, language } = useText();
  const { timezone } = useCell(session).city!;
  const hospitals = useRows("hospitals");
  const rows = useMemo(() => [...hospitals].sort((a, b) =>
    (b.beds.EmergencyDepartment?.staffed ?? 0) - (a.beds.EmergencyDepartment?.staffed ?? 0) || a.code.localeCompare(b.code)), [hospitals]);
  const free = (row: (typeof rows)[number], kind: string) => row.beds[kind] ? `${row.beds[kind]!.free}` : "–";
  return (
    <section className="board" aria-label={t("wall.hospitals")}>
      <h2>{t("wall.hospitals")}</h2>
      <table>
        <thead><tr><th scope="col">{t("wall.hospitals")}</th><th scope="col">{t("wall.ed")}</th><th scope="col">{t("wall.icu")}</th><th scope="col">{t("wall.age")}</th></tr></thead>
        <tbody>
          {rows.slice(0, MOST_HOSPITALS).map((row) => {
            const told = Object.values(row.beds).map((bed) => bed.reported_at).filter((at) => at !== null).sort()[0];
            return (
              <tr key={row.id}>
                <th scope="row"><span className="wall-hospital"><abbr className="code">{row.code}</abbr> <span className="cut-off">{shortly(language === "en" ? row.name_en || row.name : row.name)}</span></span></th>
                <td>{free(row, "EmergencyDepartment")}</td><td>{free(row, "AdultICU")}</td>
                <td className="age-cell">{row.diversion
                  ? <b className="hot">■ {t("hospital.diverting_until", { time: timeOfDay(row.diversion.until, timezone, false) })}</b>
                  : told ? <BedAge at={told} /> : <span className="age amber">▲ {t("age.never")}</span>}</td>
              </tr>);
          })}
        </tbody>
      </table>
      {rows.length > MOST_HOSPITALS && <p className="and-more">{t("wall.hospitals_more", { count: rows.length - MOST_HOSPITALS })}</p>}
    </section>
  );
}
