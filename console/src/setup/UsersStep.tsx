/** Who may sign in. An administrator lets others in later. */
import { useState } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { known, useText } from "../text/i18n";
import { said, StepForm, type StepProps } from "./Form";
import { tell } from "./wire";

const ROLES = ["admin", "dispatcher", "supervisor", "clinician", "hospital", "crew", "planner"];

export function UsersStep({ told, heard }: StepProps) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const missing = ["admin", "dispatcher"].find((role) => !told.users.some((user) => user.role === role));
  const [role, setRole] = useState<string>(missing ?? "dispatcher");
  const [seen, setSeen] = useState(false);
  const give = (fields: FormData) => tell("POST", "/users", {
    username: said(fields, "username"), role, password: String(fields.get("password") ?? ""),
    hospital_id: role === "hospital" ? said(fields, "hospital") : null, callsign: role === "crew" ? said(fields, "unit") : null,
  });
  const order = (method: string, path: string, body?: unknown) =>
    attempt(() => tell(method, path, body)).then((found) => found && heard(found, false));
  return (
    <>
      <p>{t("user.why")}</p>
      {told.users.length === 0 ? <p>{t("user.none")}</p> : (
        <ul className="setup-users">
          {told.users.map((user) => (
            <li key={user.username}>
              <span><b>{user.username}</b> {known(t, "role", user.role)} {told.known_hospitals.find((each) => each.id === user.hospital_id)?.name ?? user.callsign ?? ""}</span>
              <button type="button" onClick={() => void order("DELETE", `/users/${user.username}`)}>{t("user.remove", { name: user.username })}</button>
            </li>
          ))}
        </ul>
      )}
      <Notice trouble={trouble} />
      <StepForm give={give} heard={(found) => { setRole(found.users.some((user) => user.role === "dispatcher") ? "supervisor" : "dispatcher"); heard(found, false); }} label={t("user.add")} className="setup-user">
        <div className="setup-fields">
          <label className="field">{t("user.role")}
            <select value={role} onChange={(event) => setRole(event.target.value)}>
              {ROLES.map((each) => <option key={each} value={each}>{known(t, "role", each)}</option>)}
            </select>
          </label>
          <label className="field">{t("user.name")}<input name="username" autoComplete="off" autoCapitalize="none" spellCheck={false} /></label>
          <label className="field">{t("user.password")}<input name="password" type={seen ? "text" : "password"} autoComplete="new-password" spellCheck={false} autoCapitalize="none" /></label>
          <label className="setup-choice"><input type="checkbox" checked={seen} onChange={(event) => setSeen(event.target.checked)} />{t("user.show")}</label>
          {role === "hospital" && (
            <label className="field">{t("user.hospital")}
              <select name="hospital">{told.known_hospitals.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}</select>
            </label>
          )}
          {role === "crew" && (
            <label className="field">{t("user.unit")}
              <select name="unit">{told.known_units.map((each) => <option key={each}>{each}</option>)}</select>
            </label>
          )}
        </div>
      </StepForm>
      <label className="setup-choice">
        <input type="checkbox" checked={told.second_factor} onChange={(event) => void order("PUT", "/second-factor", { wanted: event.target.checked })} />
        {t("user.code")}
      </label>
      <p><small>{t("user.code_means")}</small></p>
      {!missing && <button type="button" className="primary setup-go" onClick={() => heard(told)}>{t("setup.next")}</button>}
    </>
  );
}
