/** One replication of one rival, moment by moment: which one, the map, and the map in numbers. */
import { Suspense, useCallback, useState } from "react";

import { useAsked } from "../oversight/useAsked";
import { Notice } from "../shell/Notice";
import { whenShown } from "../shell/later";
import { noMapAsked } from "../shell/noMap";
import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";
import type { UnitStatus } from "../wire/rows";
import { replay as askReplay, type Replay, type SimulationAnswer } from "../wire/simulations";
import type { Clocks } from "./clockOf";
import type { Film } from "./film";
import { letter } from "./letters";
import { countsAt } from "./replay";

const ReplayMap = whenShown(() => import("./ReplayMap").then((part) => part.ReplayMap));
const STATUSES: UnitStatus[] = ["AV", "DP", "EN", "SC", "TR", "HP", "NS"];

type Props = { run: SimulationAnswer; film: Film; times: Clocks; replayed: number };

export function ReplayCard({ run, film, times, replayed }: Props) {
  const { t, say } = useText();
  const [rival, setRival] = useState(0);
  const [number, setNumber] = useState(0);
  const count = Math.max(1, Math.min(replayed, run.replications));
  const ask = useCallback(() => askReplay(run.id, run.rivals[rival]!.name, number), [run.id, run.rivals, rival, number]);
  const { value, asking, trouble } = useAsked(ask);
  const shown = value && value.rival === run.rivals[rival]!.name && value.replication === number ? value : null;
  return (
    <section className="card replay-card" aria-label={t("planner.replay")}>
      <div className="card-head"><h2>{t("planner.replay")} · {letter(rival)} · <MomentOf film={film} times={times} /></h2>
        <label className="picker">{t("planner.replay_of")} <select value={rival} onChange={(event) => setRival(Number(event.target.value))}>
          {run.rivals.map((one, index) => <option key={one.name} value={index}>{t("planner.chip_rival", { letter: letter(index), name: say(one.label) })}</option>)}</select></label>
        <label className="picker">{t("planner.replication")} <select value={number} onChange={(event) => setNumber(Number(event.target.value))}>
          {Array.from({ length: count }, (_, index) => <option key={index} value={index}>{index + 1}</option>)}</select> <span className="faint">{t("planner.replication_of", { count })}</span></label>
        {asking && <span className="faint" role="status">{t("planner.replay_loading")}</span>}</div>
      <Notice trouble={trouble} />
      {noMapAsked ? <p className="nothing">{t("planner.no_ground")}</p> : (
        <div className="map-box replay-box"><Suspense fallback={null}><ReplayMap replay={shown} film={film} name={letter(rival)} /></Suspense></div>)}
      {shown && <Numbers replay={shown} film={film} />}
      {shown && run.source === "now" && <AtFirst replay={shown} />}
      <p className="faint">{t("planner.straight")}</p>
    </section>
  );
}

function MomentOf({ film, times }: { film: Film; times: Clocks }) {
  const { moment } = useCell(film.now);
  return <span className="number">{times.time(moment)}</span>;
}

/** What was open when the live state was carried on, by the numbers of the desk: in words, for it is in no figure. */
function AtFirst({ replay: { under_way = [], incidents } }: { replay: Replay }) {
  const { t } = useText();
  const waited = incidents.filter(({ rang_s }) => rang_s < 0);
  if (under_way.length + waited.length === 0) return <p className="faint">{t("planner.nothing_open")}</p>;
  return (
    <p className="at-first">{t("planner.at_first")} {[
      ...under_way.map(({ number, priority, units }) => t("planner.served_by", { number, priority, units: units.join(", ") })),
      ...waited.map(({ number, priority }) => t("planner.waited_then", { number, priority })),
    ].join("; ")}.</p>
  );
}

function Numbers({ replay, film }: { replay: Replay; film: Film }) {
  const { t } = useText();
  const { open, waiting, units } = countsAt(replay, useCell(film.now).moment);
  return (
    <p className="replay-counts"><b>{t("planner.counts", { open, waiting })}</b>
      {STATUSES.filter((status) => units[status] > 0).map((status) => (
        <span key={status}><i style={{ background: `var(--${status.toLowerCase()})` }} />{units[status]} {t(`status.${status}` as Key)}</span>))}</p>
  );
}
