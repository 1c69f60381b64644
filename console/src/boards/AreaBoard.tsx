/** The fleet by area: who is free where, and where nobody is. Never reorders by itself: only names, or the order asked for. */
import { useMemo, useState } from "react";

import "../shell/deskTexts";
import { useRows } from "../live";
import { usePolled } from "../live/polled";
import { unitKind } from "./unitKind";
import { whenShown } from "../shell/later";
import { selectIncident, selection } from "../shell/selection";
import { Soon } from "../shell/Soon";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { UnitRow } from "../wire/rows";
import { inOrder, LEVELS, linesOf, namesOf, ORDERS, type AreaLine, type Level, type Order } from "./areas";
import { plain } from "./plain";

/** Cars cross a border every few minutes, ms. */
const EVERY_MS = 5_000;

/** Closed streets concern those who draw no map too. */
const RoadsBoard = whenShown(() => import("../map/RoadsBoard").then((part) => part.RoadsBoard));

export function AreaBoard() {
  const { t } = useText();
  const units = useRows("units");
  const incidents = useRows("incidents");
  // A run that begins or ends moves somebody too.
  const version = units.map((unit) => unit.status).join();
  const { value: now } = usePolled(api.areas, EVERY_MS, version);
  const [level, setLevel] = useState<Level | null>(null);
  const [order, setOrder] = useState<Order>("name");
  const [gaps, setGaps] = useState(false);
  const [text, setText] = useState("");
  const levels = now ? LEVELS.filter((one) => namesOf(now, one).length > 0) : [];
  const shown = level ?? levels[0] ?? "station";
  const lines = useMemo(() => (now ? inOrder(linesOf(now, shown, units, incidents), order) : []), [now, shown, units, incidents, order]);
  const empty = lines.filter((line) => line.name !== null && line.free.length === 0).length;
  const wanted = plain(text);
  const kept = lines.filter((line) => (!gaps || line.free.length === 0)
    && (wanted === "" || plain(`${line.name ?? ""} ${[...line.free, ...line.busy].map((unit) => unit.callsign).join(" ")}`).includes(wanted)));

  return (
    <section className="panel areas" aria-label={t("areas.title")}>
      <header className="panel-head">
        <h2>{t("areas.title")}</h2>
        {now && <span className={`head-fact ${empty > 0 ? "amber" : ""}`}>{empty > 0 && <span aria-hidden="true">▲ </span>}{t("areas.gaps", { count: empty })}</span>}
        <input className="filter" value={text} onChange={(event) => setText(event.target.value)} placeholder={t("areas.filter")} aria-label={t("areas.filter")} />
      </header>
      <div className="area-tools">
        {levels.length > 1 && <span role="group" aria-label={t("areas.level")}>
          {levels.map((one) => <button key={one} type="button" aria-pressed={one === shown} onClick={() => setLevel(one)}>{t(`areas.${one}`)}</button>)}
        </span>}
        <span role="group" aria-label={t("areas.order")}>
          {ORDERS.map((one) => <button key={one} type="button" aria-pressed={one === order} onClick={() => setOrder(one)}>{t(`areas.by_${one}`)}</button>)}
        </span>
        <button type="button" aria-pressed={gaps} onClick={() => setGaps(!gaps)}>{t("areas.only_gaps")}</button>
      </div>
      <Soon><RoadsBoard /></Soon>
      <div className="scroll" role={kept.length > 0 ? "list" : "group"} tabIndex={0} aria-label={t("areas.title")}>
        {now && kept.map((line) => <Area key={line.name ?? ""} line={line} />)}
        {now && kept.length === 0 && <p className="nothing">{t("areas.none")}</p>}
        {!now && <p className="nothing">{t("link.starting")}</p>}
      </div>
    </section>
  );
}

function Area({ line }: { line: AreaLine }) {
  const { t } = useText();
  const free = line.free.length;
  return (
    <div role="listitem" className={`area-line ${free === 0 ? "gap" : ""}`}>
      <span className="area-name">{line.name ?? t("areas.nowhere")}</span>
      <span className="area-free">{free === 0 ? <b className="hot"><span aria-hidden="true">■ </span>{t("areas.nobody")}</b> : <><b>{free}</b> {t("areas.free")}</>}</span>
      <span className="area-units">
        {line.free.map((unit) => <Unit key={unit.id} unit={unit} />)}
        {line.busy.map((unit) => <Unit key={unit.id} unit={unit} />)}
      </span>
      {line.waiting.length > 0 && <span className="area-waiting"><span aria-hidden="true">▲ </span>{t("areas.waiting")}{" "}
        {line.waiting.map((one) => <button key={one.id} type="button" className="link" onClick={() => selectIncident(one.id)}>#{one.number}</button>)}</span>}
    </div>
  );
}

function Unit({ unit }: { unit: UnitRow }) {
  const { t } = useText();
  const here = useCell(selection).unit === unit.id;
  const kind = unitKind(unit.capabilities, unit.kind);
  function choose() {
    selection.change({ unit: unit.id });
    if (unit.incident_id) selectIncident(unit.incident_id);
  }
  return (
    <button type="button" className="area-unit" aria-current={here} title={`${kind} · ${t(`status.${unit.status}`)}`} onClick={choose}>
      {unit.callsign} <span className={`code-tag ${unit.status}`}>{unit.status}</span>
    </button>
  );
}
