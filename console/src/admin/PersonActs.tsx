/** What can be done to one account. What cannot be taken back asks a second time. */
import { useState } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import * as wire from "../wire/admin";
import { BoundFields, unbound } from "./Bound";
import { Sure } from "./Sure";

export function PersonActs({ person, changed }: { person: wire.Person; changed: () => void }) {
  const { t } = useText();
  const own = useCell(session).me?.username === person.username;
  const [said, setSaid] = useState<wire.Bound>({ role: person.role, hospital_id: person.hospital_id, callsign: person.callsign });
  const [password, setPassword] = useState("");
  const [done, setDone] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const { username } = person;

  async function act(order: () => Promise<unknown>, words: string) {
    setDone("");
    const ok = await attempt(async () => { await order(); return true; });
    if (!ok) return;
    setDone(words);
    changed();
  }
  const same = said.role === person.role && said.hospital_id === person.hospital_id && said.callsign === person.callsign;

  return (
    <div className="admin-acts">
      {own && <p className="faint">{t("people.own")}</p>}
      {!own && !person.vouched && (
        <form className="admin-form" noValidate onSubmit={(event) => {
          event.preventDefault();
          if (unbound(said)) return complain(t(said.role === "crew" ? "people.needs_unit" : "people.needs_hospital"));
          void act(() => wire.changeRole(username, said), t("people.role_changed"));
        }}>
          <BoundFields said={said} say={setSaid} />
          <button disabled={same}>{t("people.change_role")}</button>
        </form>)}
      {!person.vouched && (
        <form className="admin-form" noValidate onSubmit={(event) => {
          event.preventDefault();
          if (!password) return complain(t("people.needs_password"));
          void act(() => wire.givePassword(username, password).then(() => setPassword("")), t("people.password_given"));
        }}>
          <label className="field">{t("people.new_password")}
            <input type="password" value={password} autoComplete="new-password" maxLength={512} onChange={(event) => setPassword(event.target.value)} /></label>
          <button>{t("people.give_password")}</button>
        </form>)}
      <div className="admin-buttons">
        {person.sessions > 0 && <Sure words={t("people.sign_out")} sure={t("people.sure_sign_out", { name: username })}
          act={() => void act(() => wire.signOutEverywhere(username), t("people.signed_out"))} />}
        {person.second_factor && <Sure words={t("people.reset_code")} sure={t("people.sure_reset", { name: username })}
          act={() => void act(() => wire.resetCode(username), t("people.code_reset"))} />}
        {!own && (person.stopped_at
          ? <button type="button" onClick={() => void act(() => wire.stopPerson(username, false), t("people.let_in"))}>{t("people.let_in_again")}</button>
          : <Sure words={t("people.stop")} sure={t("people.sure_stop", { name: username })}
              act={() => void act(() => wire.stopPerson(username, true), t("people.stopped_now"))} />)}
        {!own && <Sure words={t("people.remove")} sure={t("people.sure_remove", { name: username })}
          act={() => void act(() => wire.removePerson(username), "")} />}
      </div>
      <Notice trouble={trouble} />
      <p role="status" className="done">{done}</p>
    </div>
  );
}
