/** Everybody who may sign in: added, changed, stopped, struck out. */
import { useMemo, useState, type FormEvent } from "react";

import { useHospitalName } from "../hospital/hospitalName";
import { useAsked } from "../oversight/useAsked";
import { Notice, useTrouble } from "../shell/Notice";
import { known, useText } from "../text/i18n";
import { addPerson, people, type Bound, type Person } from "../wire/admin";
import { BoundFields, boundless, unbound } from "./Bound";
import { PersonActs } from "./PersonActs";
import { useWhen } from "./useWhen";

export function PeopleTab() {
  const { t } = useText();
  const { value, trouble, again } = useAsked(people);
  const [sought, setSought] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const shown = useMemo(() => (value ?? []).filter((one) => [one.username, one.role, one.callsign, one.hospital_id]
    .some((part) => part?.toLowerCase().includes(sought.trim().toLowerCase()))), [value, sought]);
  return (
    <>
      <NewPerson added={again} />
      <section className="card wide" aria-label={t("people.title")}>
        <div className="card-head"><h2>{t("people.title")}</h2>
          <label className="picker">{t("people.seek")} <input type="search" value={sought} onChange={(event) => setSought(event.target.value)} /></label>
          {value && <span className="faint">{t("people.count", { count: value.length })}</span>}</div>
        <Notice trouble={trouble} />
        <ul className="admin-list">{shown.map((one) => (
          <PersonLine key={one.username} person={one} open={open === one.username} changed={again}
            toggle={() => setOpen(open === one.username ? null : one.username)} />))}</ul>
        {value && shown.length === 0 && <p className="nothing">{t("people.nobody")}</p>}
      </section>
    </>
  );
}

function PersonLine({ person, open, toggle, changed }: { person: Person; open: boolean; toggle: () => void; changed: () => void }) {
  const { t } = useText();
  const name = useHospitalName();
  const when = useWhen();
  const facts = [
    person.demo && t("people.demo"),
    person.vouched && t("people.vouched"),
    person.second_factor && t("people.code", { count: person.paper_codes }),
    person.sessions > 0 && t("people.sessions", { count: person.sessions }),
  ].filter(Boolean).join(" · ");
  return (
    <li className={person.stopped_at ? "stopped" : ""}>
      <div className="admin-line">
        <b>{person.username}</b>
        <span>{[known(t, "role", person.role), person.callsign, person.hospital_id && name(person.hospital_id)].filter(Boolean).join(" · ")}</span>
        {person.stopped_at && <span className="hot"><span aria-hidden="true">■ </span>{t("people.stopped", { time: when(person.stopped_at) })}</span>}
        <span className="grow faint">{facts}</span>
        <button type="button" aria-expanded={open} onClick={toggle} aria-label={t("people.change_of", { name: person.username })}>{t("people.change")}</button>
      </div>
      {open && <PersonActs person={person} changed={changed} />}
    </li>
  );
}

function NewPerson({ added }: { added: () => void }) {
  const { t } = useText();
  const [said, setSaid] = useState<Bound>(boundless("dispatcher"));
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState("");
  const [sending, setSending] = useState(false);
  const { trouble, complain, attempt } = useTrouble();
  async function add(event: FormEvent) {
    event.preventDefault();
    setDone("");
    if (!username.trim() || !password) return complain(t("needs.account"));
    if (unbound(said)) return complain(t(said.role === "crew" ? "people.needs_unit" : "people.needs_hospital"));
    setSending(true);
    const made = await attempt(() => addPerson({ username, password, ...said }));
    setSending(false);
    if (!made) return;
    setDone(t("people.added", { name: made.username }));
    setUsername("");
    setPassword("");
    added();
  }
  return (
    <section className="card wide" aria-label={t("people.new")}>
      <div className="card-head"><h2>{t("people.new")}</h2></div>
      <form className="admin-form" onSubmit={(event) => void add(event)} noValidate>
        <label className="field">{t("login.username")}
          <input value={username} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={64} onChange={(event) => setUsername(event.target.value)} /></label>
        <label className="field">{t("people.first_password")}
          <input type="password" value={password} autoComplete="new-password" maxLength={512} onChange={(event) => setPassword(event.target.value)} /></label>
        <BoundFields said={said} say={setSaid} />
        <button className="primary" disabled={sending}>{sending ? t("sending") : t("people.add")}</button>
      </form>
      <Notice trouble={trouble} />
      <p role="status" className="done">{done}</p>
    </section>
  );
}
