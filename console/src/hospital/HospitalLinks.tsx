/** Links for hospitals without accounts: made, printed once, ended. For supervisors. */
import { useCallback, useEffect, useState, type FormEvent } from "react";

import { useRows } from "../live";
import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { known, useText } from "../text/i18n";
import * as ward from "../wire/ward";
import { freshId } from "../wire/ids";
import { useHospitalName } from "./hospitalName";
import { LinkSheet } from "./LinkSheet";

const DAYS = [30, 90, 180, 365] as const;

export function HospitalLinks() {
  const { t } = useText();
  const [rows, setRows] = useState<ward.HospitalLinkRow[] | null>(null);
  const [made, setMade] = useState<ward.HospitalLinkMade | null>(null);
  const { trouble, attempt } = useTrouble();
  const read = useCallback(() => attempt(ward.links).then((found) => { if (found) setRows(found); }), [attempt]);
  useEffect(() => void read(), [read]);
  const good = (rows ?? []).filter((row) => row.good);
  const over = (rows ?? []).filter((row) => !row.good);
  return (
    <section className="inbound links" aria-label={t("links.title")}>
      <h2>{t("links.title")}</h2>
      <p className="faint">{t("links.what")}</p>
      <NewLink made={(link) => { setMade(link); void read(); }} />
      {made && <LinkSheet link={made} done={() => setMade(null)} />}
      <Notice trouble={trouble} />
      <ul>{good.map((row) => <LinkLine key={row.id} row={row} changed={() => void read()} />)}</ul>
      {rows !== null && good.length === 0 && <p className="nothing">{t("links.none")}</p>}
      {over.length > 0 && <details><summary>{t("links.over", { count: over.length })}</summary>
        <ul>{over.map((row) => <LinkLine key={row.id} row={row} changed={() => undefined} />)}</ul></details>}
    </section>
  );
}

function NewLink({ made }: { made: (link: ward.HospitalLinkMade) => void }) {
  const { t } = useText();
  const rows = useRows("hospitals");
  const name = useHospitalName();
  const [said, setSaid] = useState({ hospital_id: "", label: "", days: 90, id: freshId() });
  const [sending, setSending] = useState(false);
  const { trouble, complain, attempt } = useTrouble();
  const say = (part: Partial<typeof said>) => setSaid({ ...said, ...part, id: freshId() });

  async function make(event: FormEvent) {
    event.preventDefault();
    if (!said.hospital_id || said.label.trim().length < 2) return complain(t("links.needs"));
    setSending(true);
    const link = await attempt(() => ward.makeLink({ ...said, label: said.label.trim() }));
    setSending(false);
    if (!link) return;
    setSaid({ hospital_id: "", label: "", days: 90, id: freshId() });
    made(link);
  }

  return (
    <form className="new-link" onSubmit={(event) => void make(event)} noValidate>
      <label className="field">{t("links.hospital")}
        <select value={said.hospital_id} onChange={(event) => say({ hospital_id: event.target.value })}>
          <option value="">—</option>
          {[...rows].sort((a, b) => a.name.localeCompare(b.name, "vi")).map((row) => <option key={row.id} value={row.id}>{name(row.id)}</option>)}
        </select></label>
      <label className="field">{t("links.label")}
        <input value={said.label} maxLength={60} autoComplete="off" onChange={(event) => say({ label: event.target.value })} /></label>
      <label className="field">{t("links.days")}
        <select value={said.days} onChange={(event) => say({ days: Number(event.target.value) })}>
          {DAYS.map((days) => <option key={days} value={days}>{t("links.so_long", { days })}</option>)}
        </select></label>
      <button className="primary" disabled={sending}>{sending ? t("sending") : t("links.make")}</button>
      <Notice trouble={trouble} />
    </form>
  );
}

function LinkLine({ row, changed }: { row: ward.HospitalLinkRow; changed: () => void }) {
  const { t, language } = useText();
  const timezone = useCell(session).city!.timezone;
  const name = useHospitalName();
  const [sure, setSure] = useState(false);
  const { trouble, attempt } = useTrouble();
  const when = (time: string) => timeAndDay(time, timezone, language, clock.now() / 1000);
  return (
    <li>
      <b>{name(row.hospital_id)}</b>
      <span className="grow">{row.label}</span>
      <span className="faint">{[t("links.made", { who: known(t, "links.by", row.made_by), time: when(row.made_at) }),
        row.used_at ? t("links.used", { time: when(row.used_at) }) : t("links.unused"),
        row.ended_at ? t("links.ended", { who: row.ended_by ?? "?", time: when(row.ended_at) })
          : t(row.good ? "links.until" : "links.ran_out", { time: when(row.expires_at) })].join(" · ")}</span>
      {row.good && (sure
        ? <button type="button" className="danger" onClick={() => void attempt(() => ward.endLink(row.id)).then(changed)}>{t("links.end_now")}</button>
        : <button type="button" onClick={() => setSure(true)}>{t("links.end")}</button>)}
      <Notice trouble={trouble} />
    </li>
  );
}
