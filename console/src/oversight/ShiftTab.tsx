/** How the desk chose in a shift: where it went against the advice and why, move-ups, and the alarms. */
import { useCallback, useMemo, useState } from "react";

import { clock } from "../live/clock";
import { session } from "../shell/session";
import { Notice } from "../shell/Notice";
import { useCell } from "../store/cell";
import { dayInWords, span, timeAndDay } from "../text/format";
import { useText, type Key } from "../text/i18n";
import { overrideCodes } from "../wire/api";
import { figures, moveUpsAnswered, overrides, regret, type Overrides } from "../wire/oversight";
import { AlarmTable } from "./AlarmTable";
import { bounds, PERIODS, type Period } from "./periods";
import { useAsked } from "./useAsked";

const today = () => figures("priority");

export function ShiftTab() {
  const { t, language } = useText();
  const { timezone } = useCell(session).city!;
  const [period, setPeriod] = useState<Period>("this");
  const began = useAsked(today).value?.from ?? null;
  const asked = useMemo(() => (began ? bounds(period, began, clock.iso()) : null), [period, began]);
  const ask = useCallback(() => overrides(asked!.from, asked!.to), [asked]);
  const told = useAsked(asked ? ask : null);
  const words = useAsked(overrideCodes).value;
  const reason = (code: string) => words?.codes.find((one) => one.code === code)?.[language] ?? code;
  const when = (at: string) => timeAndDay(at, timezone, language, clock.now() / 1000);
  return (
    <>
      <section className="card wide" aria-label={t("shift.overrides")}>
        <div className="card-head"><h2>{t("shift.overrides")}</h2>
          <label className="picker">{t("shift.period")} <select value={period} onChange={(event) => setPeriod(event.target.value as Period)}>
            {PERIODS.map((one) => <option key={one} value={one}>{t(`shift.${one}` as Key)}</option>)}</select></label>
          {asked && <span className="faint">{t("shift.from_to", { from: when(asked.from), to: when(asked.to) })}</span>}
          {told.asking && <span className="faint" role="status">{t("shift.asking")}</span>}</div>
        <Notice trouble={told.trouble} />
        {told.value && <OverrideTables told={told.value} reason={reason} when={when} />}
      </section>
      <RegretCard />
      <MoveUpCard />
      <AlarmTable when={when} />
    </>
  );
}

type Said = { reason: (code: string) => string; when: (at: string) => string };

function OverrideTables({ told, reason, when }: { told: Overrides } & Said) {
  const { t } = useText();
  const late = (seconds: number | null) => seconds === null ? t("shift.unknown") : seconds < 0 ? `−${span(-seconds)}` : span(seconds);
  if (told.count === 0) return <p className="nothing">{t("shift.overrides_none")}</p>;
  const sum = told.given_up_s;
  return (
    <>
      <p className="lead"><b>{told.count}</b> · {sum < 0 ? t("shift.sooner_all", { time: span(-sum) }) : t("shift.given_up_all", { time: span(sum) })}</p>
      <div className="side-by-side">
        <Counts title={t("shift.by_reason")} rows={told.by_reason.map((row) => ({ ...row, name: reason(row.name) }))} late={late} />
        <Counts title={t("shift.by_dispatcher")} rows={told.by_dispatcher} late={late} />
      </div>
      <div className="table-box" tabIndex={0} role="group" aria-label={t("shift.overrides")}>
        <table><thead><tr>{(["time", "who", "incident", "sent", "instead", "reason", "given_up"] as const).map((one) => <th key={one} scope="col">{t(`shift.${one}`)}</th>)}</tr></thead>
          <tbody>{[...told.overrides].reverse().map((row) => (
            <tr key={row.run_id}><td>{when(row.at)}</td><td>{row.actor}</td><td>#{row.incident_number} {row.priority}</td><td>{row.callsign}</td><td>{row.instead}</td>
              <td>{reason(row.code)}{row.reason && row.reason !== row.code ? `: ${row.reason.replace(`${row.code}:`, "").trim()}` : ""}</td><td className="number">{late(row.given_up_s)}</td></tr>))}</tbody></table>
      </div>
    </>
  );
}

function Counts({ title, rows, late }: { title: string; rows: Overrides["by_reason"]; late: (seconds: number) => string }) {
  const { t } = useText();
  return (
    <table><caption>{title}</caption>
      <thead><tr><th scope="col">{title}</th><th scope="col">{t("shift.count")}</th><th scope="col">{t("shift.given_up")}</th></tr></thead>
      <tbody>{rows.map((row) => <tr key={row.name}><th scope="row">{row.name}</th><td className="number">{row.count}</td><td className="number">{late(row.given_up_s)}</td></tr>)}</tbody></table>
  );
}

function RegretCard() {
  const { t, language } = useText();
  const { value, asking, trouble } = useAsked(regret);
  const time = (seconds: number | null | undefined) => seconds == null ? "–" : span(seconds);
  const day = value?.days.at(-1);
  return (
    <section className="card" aria-label={t("shift.regret")}>
      <div className="card-head"><h2>{t("shift.regret")}</h2><span className="faint">{t("shift.regret_of")}{day ? ` (${dayInWords(day.day, language)})` : ""}</span>
        {asking && <span className="faint" role="status">{t("shift.asking")}</span>}</div>
      <Notice trouble={trouble} />
      {value && <dl className="facts">
        <div><dt>{t("shift.followed")}</dt><dd>{t("shift.of_n", { count: value.choices.followed, n: value.choices.n })}</dd></div>
        <div><dt>{t("shift.mean_regret")}</dt><dd>{time(value.choices.mean_regret_s)}</dd></div>
        <div><dt>{t("shift.hindsight")}</dt><dd>{day && !day.exact ? "≤ " : ""}{time(day?.mean_regret_s)}</dd></div>
      </dl>}
    </section>
  );
}

function MoveUpCard() {
  const { t } = useText();
  const { value, trouble } = useAsked(moveUpsAnswered);
  return (
    <section className="card" aria-label={t("shift.move_ups")}>
      <div className="card-head"><h2>{t("shift.move_ups")}</h2></div>
      <Notice trouble={trouble} />
      {value && <dl className="facts">
        <div><dt>{t("shift.accepted", { count: value.accepted })}</dt><dd>{value.accepted_share === null ? "–" : `${Math.round(value.accepted_share * 100)} %`}</dd></div>
        <div><dt>{t("shift.declined", { count: value.declined })}</dt><dd>{Object.entries(value.reasons).map(([why, count]) => `${why} (${count})`).join(", ") || "–"}</dd></div>
      </dl>}
    </section>
  );
}
