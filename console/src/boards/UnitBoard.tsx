/** Every unit with its status and time in it. Filters narrow it; nothing else reorders it. */
import { Suspense, useMemo, useState, type ReactNode } from "react";

import { MoveUps } from "../cover/MoveUps";
import { useCalmRows, useRows } from "../live";
import { useCell } from "../store/cell";
import { selectIncident, selection } from "../shell/selection";
import { Rows } from "../shell/Rows";
import { atDesk, session } from "../shell/session";
import { Soon } from "../shell/Soon";
import { Timer } from "../shell/Timer";
import { unitKind } from "./unitKind";
import { useText } from "../text/i18n";
import type { UnitRow, UnitStatus } from "../wire/rows";
import { MessageForm, SignOn } from "./forms";
import { Freshness } from "./Freshness";
import { GoTo } from "./GoTo";
import { showUnit } from "./moves";
import { plain } from "./plain";
import { WriteButton } from "./WriteButton";

export const STATUSES: UnitStatus[] = ["AV", "DP", "EN", "SC", "TR", "HP", "NS"];
const byCallsign = new Intl.Collator("en", { numeric: true });

export function UnitBoard() {
  const { t } = useText();
  const units = useCalmRows("units");
  const { city, me } = useCell(session);
  const [only, setOnly] = useState<UnitStatus | null>(null);
  const [text, setText] = useState("");
  const [writing, setWriting] = useState<string | null>(null);
  const messages = useRows("messages");
  const unread = useMemo(() => new Set(messages.filter((row) => !row.read_at).map((row) => row.callsign)), [messages]);
  const works = atDesk(me);
  const stations = useMemo(() => new Map(city!.stations.map((one) => [one.id, one.name])), [city]);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const unit of units) found.set(unit.status, (found.get(unit.status) ?? 0) + 1);
    return found;
  }, [units]);
  const shown = useMemo(() => {
    const wanted = plain(text);
    return units
      .filter((unit) => only === null || unit.status === only)
      .filter((unit) => wanted === "" || plain(
        `${unit.callsign} ${unit.capabilities.join(" ")} ${stations.get(unit.station_id ?? "") ?? ""} #${unit.incident_number ?? ""}`,
      ).includes(wanted))
      .sort((a, b) => byCallsign.compare(a.callsign, b.callsign));
  }, [units, only, text, stations]);

  const off = useMemo(() => shown.filter((unit) => unit.duty === "off_duty"), [shown]);
  const nobody = units.length > 0 && !units.some((unit) => unit.duty === "on_duty");

  return (
    <section className="panel units" aria-label={t("units.title")}>
      <header className="panel-head">
        <h2>{t("units.title")}</h2>
        <input className="filter" value={text} onChange={(event) => setText(event.target.value)}
          placeholder={t("units.filter")} aria-label={t("units.filter")} />
      </header>
      <div className="status-chips" role="group" aria-label={t("units.by_status")}>
        {STATUSES.map((status) => (
          <button key={status} type="button" aria-pressed={only === status} title={t(`status.${status}`)}
            onClick={() => setOnly(only === status ? null : status)}>
            <span className={`code-tag ${status}`}>{status}</span> {counts.get(status) ?? 0}
          </button>
        ))}
      </div>
      {works && (nobody || (only === "NS" && off.length > 0)) && <Soon><SignOn nobody={nobody} off={off} /></Soon>}
      {works && <MoveUps />}
      {writing && <Suspense fallback={null}><MessageForm key={writing} callsign={writing} done={() => setWriting(null)} /></Suspense>}
      <Rows items={shown} keyOf={(unit) => unit.id} none={<p className="nothing">{t(units.length === 0 ? "units.no_units" : "units.none")}</p>}
        row={(unit, place) => <UnitLine unit={unit} station={stations.get(unit.station_id ?? "") ?? "—"} place={place}
          letter={works && unit.duty !== "off_duty" && <WriteButton callsign={unit.callsign} unread={unread.has(unit.callsign)}
            open={writing === unit.callsign} press={() => setWriting(writing === unit.callsign ? null : unit.callsign)} />} />} />
    </section>
  );
}

type Place = { "aria-posinset": number; "aria-setsize": number };

type LineProps = { unit: UnitRow; station: string; place: Place; letter: ReactNode };

function UnitLine({ unit, station, place, letter }: LineProps) {
  const { t } = useText();
  const here = useCell(selection).unit === unit.id;
  const { targets } = useCell(session).city!;
  const limits = unit.status === "DP" ? targets.acknowledge : unit.status === "SC" ? targets.on_scene
    : unit.status === "HP" ? targets.handover : undefined;
  function choose() {
    selection.change({ unit: unit.id });
    if (unit.incident_id) selectIncident(unit.incident_id);
  }
  return (
    <div role="listitem" {...place} className={`unit-line ${here ? "selected" : ""}`}>
      <button type="button" className="callsign link" aria-current={here} onClick={choose}>{unit.callsign}</button>
      <span className="kind">{unitKind(unit.capabilities, unit.kind)}</span>
      <span className={`code-tag ${unit.status}`} title={t(`status.${unit.status}`)}>{unit.status}</span>
      <Timer since={unit.since} amber={limits?.amber_s} red={limits?.red_s} />
      <span className={unit.incident_number ? "number busy" : "number"}>{unit.incident_number ? `#${unit.incident_number}` : "—"}</span>
      <Where unit={unit} station={station} />
      <Freshness callsign={unit.callsign} />
      <span>{letter}</span>
      <GoTo name={unit.callsign} go={() => showUnit(unit)} />
    </div>
  );
}

/** Its station, or the post it waits at: with what its crew says of that. */
function Where({ unit, station }: { unit: UnitRow; station: string }) {
  const { t } = useText();
  const { post, post_refused: refused } = unit;
  if (unit.reason) return <span className="station">{unit.reason}</span>;
  if (post) {
    const says = t(post.going_since ? "units.post_going" : "units.post_asked");
    return <span className="station" title={says}>→ {post.name} <span aria-hidden="true">{post.going_since ? "✓" : "◌"}</span><span className="unseen"> {says}</span></span>;
  }
  if (!refused) return <span className="station">{station}</span>;
  const says = t("units.post_refused", { post: refused.name, reason: refused.reason ?? "" });
  return <span className="station amber" title={says}>▲ {says}</span>;
}
