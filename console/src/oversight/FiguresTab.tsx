/** The figures of a period by priority, ward or hour, as counted from the log; and the same as CSV. */
import { useCallback, useEffect, useState } from "react";

import { dayOf } from "../past/day";
import { Notice } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { percent, span } from "../text/format";
import { known, useText, type Key } from "../text/i18n";
import { figures, figuresCsv, type By, type Figures } from "../wire/oversight";
import { useAsked } from "./useAsked";

const BY: By[] = ["priority", "ward", "hour"];
const SHOWN = ["call_to_dispatch", "dispatch_to_mobile", "call_to_scene", "scene_time", "scene_to_hospital", "arrival_to_handover"];
const DAY_MS = 86_400_000;

type Asked = { by: By; from: string | null; to: string | null };

/** The day behind, for the server takes `to` as not included. */
const after = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

export function FiguresTab() {
  const { t } = useText();
  const zone = useCell(session).city!.timezone;
  const [chosen, setChosen] = useState<Asked>({ by: "priority", from: null, to: null });
  const { by } = chosen;
  // Until somebody chooses, the shift day that is going on: before its hour that is still yesterday's.
  const ask = useCallback(() => (chosen.from && chosen.to ? figures(by, chosen.from, after(chosen.to)) : figures(by)), [by, chosen.from, chosen.to]);
  const { value, asking, trouble, again } = useAsked(ask);
  const today = value ? dayOf(Date.parse(value.from), zone) : "";
  const from = chosen.from ?? today, to = chosen.to ?? today;
  const behind = value?.complete === false;
  useEffect(() => {
    if (!behind) return;
    const timer = setTimeout(again, 3000);
    return () => clearTimeout(timer);
  }, [behind, value, again]);
  return (
    <section className="card wide" aria-label={t("figures.title")}>
      <div className="card-head"><h2>{t("figures.title")}</h2>
        <label className="picker">{t("figures.by")} <select value={by} onChange={(event) => setChosen({ ...chosen, by: event.target.value as By })}>
          {BY.map((one) => <option key={one} value={one}>{t(`figures.by.${one}` as Key)}</option>)}</select></label>
        <label className="picker">{t("figures.from")} <input type="date" value={from} max={to} onChange={(event) => event.target.value && setChosen({ by, from: event.target.value, to: to || event.target.value })} /></label>
        <label className="picker">{t("figures.to")} <input type="date" value={to} min={from} onChange={(event) => event.target.value && setChosen({ by, from: from || event.target.value, to: event.target.value })} /></label>
        {from && to && <a href={figuresCsv(by, from, after(to))} download>{t("figures.csv")}</a>}
        {asking && <span className="faint" role="status">{t("shift.asking")}</span>}</div>
      <Notice trouble={trouble} />
      {behind && <p className="amber">▲ {t("figures.incomplete")}</p>}
      {value && <><Intervals told={value} /><Norms told={value} /></>}
    </section>
  );
}

function Intervals({ told }: { told: Figures }) {
  const { t } = useText();
  const time = (seconds: number | null) => seconds === null ? "–" : span(seconds);
  const groups = [{ ...told.total, key: t("figures.total") }, ...told.groups];
  return (
    <>
      <h3>{t("figures.intervals")}</h3>
      <p className="faint">{t("figures.note")}</p>
      <div className="table-box" tabIndex={0} role="group" aria-label={t("figures.intervals")}>
        <table><thead><tr><th scope="col">{t("figures.group")}</th><th scope="col">{t("figures.incidents")}</th>
          {SHOWN.map((one) => <th key={one} scope="col">{known(t, "interval", one)}</th>)}</tr></thead>
          <tbody>{groups.map((group) => (
            <tr key={group.key}><th scope="row">{group.key || t("figures.unnamed")}</th><td className="number">{group.incidents}</td>
              {SHOWN.map((one) => {
                const found = group.intervals[one];
                return <td key={one} className="number">{!found || found.n === 0 ? "–" : <>{time(found.p50_s)} · <b>{time(found.p90_s)}</b> <small>({found.n})</small></>}</td>;
              })}</tr>))}</tbody></table>
      </div>
    </>
  );
}

function Norms({ told }: { told: Figures }) {
  const { t, language } = useText();
  return (
    <>
      <h3>{t("figures.norms")}</h3>
      <div className="table-box" tabIndex={0} role="group" aria-label={t("figures.norms")}>
        <table><thead><tr>{(["norm", "limit", "measured", "incidents", "late", "kept"] as const).map((one) => <th key={one} scope="col">{t(`figures.${one}`)}</th>)}</tr></thead>
          <tbody>{told.total.norms.map((norm) => (
            <tr key={norm.name}><th scope="row">{known(t, "interval", norm.interval)} {norm.priorities.length < 4 ? norm.priorities.join(" ") : ""}<small>{known(t, "norm", norm.name)}</small></th>
              <td>{norm.share === null ? t("figures.mean_below", { time: span(norm.within_s) }) : `≤ ${span(norm.within_s - 1)}`}{norm.share !== null && ` · ${percent(norm.share, language)}`}</td>
              <td>{norm.n === 0 ? "–" : norm.share === null ? t("figures.mean", { time: span(norm.mean_s ?? 0) }) : t("figures.within", { share: percent(1 - (norm.late_share ?? 0), language) })}</td>
              <td className="number">{norm.n}</td><td className="number">{norm.late}</td>
              <td className={norm.kept === false ? "hot" : ""}>{t(norm.kept === null ? "figures.kept_unknown" : norm.kept ? "figures.kept_yes" : "figures.kept_no")}</td></tr>))}</tbody></table>
      </div>
    </>
  );
}
