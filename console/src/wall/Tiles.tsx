/** Eight figures; the norms among them with target and how many were measured. Red only where a target is missed. */
import type { ReactNode } from "react";

import { useFleetVersion } from "../cover/fleet";
import { useRows } from "../live";
import { usePolled } from "../live/polled";
import { useSecond } from "../live/ticker";
import { countsFrom, waits } from "../queue/order";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { percent, since, span, timeAndDay, timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import * as api from "../wire/api";
import { figures } from "../wire/oversight";
import { normTiles, type NormTile } from "./tiles";

const FIGURES_MS = 60_000;
const COVERAGE_MS = 20_000;
const NORMS = 4;
/** A share of fewer says little, and stands there smaller. */
const FEW = 10;
const today = () => figures("priority");

export function Tiles() {
  const { t, language } = useText();
  const { targets, timezone } = useCell(session).city!;
  const incidents = useRows("incidents");
  const units = useRows("units");
  const now = useSecond();
  const told = usePolled(today, FIGURES_MS).value;
  const cover = usePolled(api.coverage, COVERAGE_MS, useFleetVersion()).value;
  const waiting = incidents.filter(waits);
  const overdue = waiting.some((one) => since(countsFrom(one), now) >= targets.queue[one.priority].red_s);
  const longest = Math.max(0, ...waiting.map((one) => since(countsFrom(one), now)));
  const onDuty = units.filter((unit) => unit.status !== "NS").length;
  const free = units.filter((unit) => unit.status === "AV").length;
  return (
    <section className="tiles" aria-label={t("wall.tiles")}>
      <Tile title={t("wall.waiting")} value={String(waiting.length)} bad={overdue}
        note={waiting.length > 0 ? t("wall.longest", { time: span(longest) }) : t("wall.none_waiting")} />
      <Tile title={t("wall.free")} value={String(free)} bad={free === 0 && onDuty > 0} note={t("wall.of_on_duty", { count: onDuty })} />
      <Tile title={t("wall.coverage")} value={cover ? percent(cover.share, language) : "–"}
        note={cover ? t("wall.coverage_of", { minutes: cover.minutes, units: cover.units_counted }) : t("wall.not_measured")} />
      <Tile title={t("wall.calls")} value={told ? String(told.total.calls) : "–"}
        note={told?.total.phone.answered_share != null ? t("wall.answered", { share: percent(told.total.phone.answered_share, language) }) : t("wall.not_measured")} />
      {told && normTiles(told, NORMS).map((tile) => <NormView key={tile.name} tile={tile} />)}
      {told && <p className="tiles-foot">{t("wall.since_shift", { time: timeAndDay(told.from, timezone, language, now), now: timeOfDay(told.to, timezone, false) })}
        {!told.complete && ` · ▲ ${t("wall.catching_up")}`}</p>}
    </section>
  );
}

function NormView({ tile }: { tile: NormTile }) {
  const { t, language } = useText();
  const share = tile.unit === "share";
  const value = tile.value === null ? "–" : share ? percent(tile.value, language) : span(tile.value);
  const target = share ? t("wall.target_share", { share: percent(tile.target!, language) }) : t("wall.target_mean", { time: span(tile.within_s) });
  const title = `${known(t, "interval", tile.interval)}${tile.priorities.length > 0 && tile.priorities.length < 4 ? ` · ${tile.priorities.join(" ")}` : ""}`;
  return (
    <Tile title={title} value={value} bad={tile.kept === false} few={tile.n < FEW}
      note={<>{share && <>{t("wall.under", { time: span(tile.within_s) })} · </>}{target} · {tile.n === 0 ? t("wall.not_measured") : t("wall.n", { n: tile.n })}</>} />
  );
}

function Tile({ title, value, note, bad = false, few = false }: { title: string; value: string; note: ReactNode; bad?: boolean; few?: boolean }) {
  const { t } = useText();
  return (
    <div className={`tile ${bad ? "bad" : ""}`}>
      <h3>{title}</h3>
      <p className={`tile-value ${few ? "few" : ""}`}>{bad && <span aria-hidden="true">■ </span>}{value}{bad && <span className="unseen"> {t("wall.below")}</span>}</p>
      <p className="tile-note">{note}</p>
    </div>
  );
}
