/** What hinders the roads, on the map: what, why, since when and by whom, until when, and how to end it. */
import { useMemo, useState, type FormEvent } from "react";

import { GoTo } from "../boards/GoTo";
import { showPoint } from "../boards/moves";
import { useRows } from "../live";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { picking } from "../shell/selection";
import { atDesk, session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeAndDay } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { TrafficRow } from "../wire/rows";
import { CloseStreet } from "./CloseStreet";
import { sketch } from "./drawing";
import { useSize } from "./size";

/** Those that stand now, closures first, the newest on top. */
export function useHindrances(): TrafficRow[] {
  const rows = useRows("traffic");
  return useMemo(() => rows.filter((row) => row.status === "open")
    .sort((a, b) => a.kind.localeCompare(b.kind) || b.since.localeCompare(a.since)), [rows]);
}

/** `map` : whether there is one to point at. Without it the list is read and shortened, and nothing is drawn. */
export function RoadsPanel({ map = true }: { map?: boolean }) {
  const { t } = useText();
  const works = atDesk(useCell(session).me);
  const rows = useHindrances();
  const [open, setOpen] = useState(false);
  const picks = useCell(picking) !== null;
  const draws = useCell(sketch)?.done === false;
  const aims = picks || draws;
  const [drawing, setDrawing] = useState(false);
  const closed = rows.filter((row) => row.kind === "closure").length;
  if (rows.length === 0 && !(works && map)) return null;
  return (
    <div className={`roads ${open ? "open" : ""} ${aims ? "away" : ""}`}>
      <button type="button" className="roads-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        {closed > 0 && <span className="sign closure" aria-hidden="true" />}
        {t("roads.title")} <small>{t("roads.count", { closed, slowed: rows.length - closed })}</small>
      </button>
      {open && (
        <div className="roads-body">
          {rows.length === 0 && !drawing && <p className="faint">{t("roads.none")}</p>}
          {/* Hidden, not taken away: a reason that is being written stays. */}
          <ul aria-label={t("roads.title")} hidden={drawing}>{rows.map((row) => <Hindrance key={row.id} row={row} works={works} />)}</ul>
          {works && map && <CloseStreet drawing={setDrawing} />}
        </div>
      )}
    </div>
  );
}

function Hindrance({ row, works }: { row: TrafficRow; works: boolean }) {
  const { t, language } = useText();
  const timezone = useCell(session).city!.timezone;
  const now = useSecond();
  const [lifting, setLifting] = useState(false);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const size = useSize();
  const key = `traffic:${row.id}`;
  const sending = usePending(key);
  const name = row.reason || t("roads.no_reason");
  const day = (at: string) => timeAndDay(at, timezone, language, now);

  async function lift(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    const end = row.kind === "closure" ? api.liftClosure : api.liftSlowing;
    await attempt(() => waiting.give(key, () => end(row.id, reason.trim())));
  }

  const [lat, lon] = row.stretch.points[Math.floor(row.stretch.points.length / 2)]!;
  const over = row.until !== null && Date.parse(row.until) / 1000 <= now;
  return (
    <li className={`hindrance ${sending ? "sending" : ""}`}>
      <span className={`sign ${row.kind}`} aria-hidden="true" />
      <span className="hindrance-main">
        <b>{t(`roads.${row.kind}`)} · {name}</b>
        <small>
          {size(row.stretch.kind, row.stretch.points.map(([lat, lon]) => ({ lat, lon })), row.stretch.width_m)} ·{" "}
          {row.share !== null && <>{t("roads.share", { percent: Math.round(row.share * 100) })} · </>}
          {row.profiles.length === 1 && <>{t(row.profiles[0] === "van" ? "roads.van" : "roads.motorbike")} · </>}
          {t("roads.since", { time: day(row.since), who: row.by })}
          {" · "}<span className={over ? "faint" : ""}>{row.until ? t("roads.until", { time: day(row.until) }) : t("roads.until_lifted")}</span>
        </small>
      </span>
      <GoTo name={name} go={() => showPoint({ lat, lon })} />
      {works && !lifting && (
        <button type="button" aria-label={t("roads.lift_label", { act: t(`roads.lift.${row.kind}`), name })} onClick={() => setLifting(true)}>{t(`roads.lift.${row.kind}`)}…</button>
      )}
      {lifting && (
        <form className="with-button lifting" onSubmit={lift} noValidate>
          <input autoFocus value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200}
            placeholder={t("roads.lift_reason")} aria-label={t("roads.lift_reason")} autoComplete="off" />
          <button className="primary" disabled={sending}>{t(`roads.lift.${row.kind}`)}</button>
          <button type="button" className="quiet" onClick={() => setLifting(false)}>{t("cancel")}</button>
        </form>
      )}
      <Notice trouble={trouble} />
    </li>
  );
}
