/** Who is signed in at this moment, from where, and how long yet; any of it can be ended. */
import { useAsked } from "../oversight/useAsked";
import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { endSession, sessions, type OpenSession } from "../wire/admin";
import { device } from "./agent";
import { Sure } from "./Sure";
import { useWhen } from "./useWhen";

export function SessionsTab() {
  const { t } = useText();
  const { value, trouble, again } = useAsked(sessions);
  return (
    <section className="card wide" aria-label={t("sessions.title")}>
      <div className="card-head"><h2>{t("sessions.title")}</h2>
        {value && <span className="faint">{t("people.sessions", { count: value.length })}</span>}
        <button type="button" onClick={again}>{t("admin.again")}</button></div>
      <Notice trouble={trouble} />
      <ul className="admin-list">{(value ?? []).map((one) => <SessionLine key={one.id} one={one} ended={again} />)}</ul>
    </section>
  );
}

function SessionLine({ one, ended }: { one: OpenSession; ended: () => void }) {
  const { t } = useText();
  const when = useWhen();
  const { trouble, attempt } = useTrouble();
  return (
    <li><div className="admin-line">
      <b>{one.username}</b>
      <span>{[device(one.agent), one.address].filter(Boolean).join(" · ")}</span>
      <span className="grow faint">{t("sessions.from_to", { from: when(one.opened_at), to: when(one.ends_at) })}</span>
      {one.own ? <span className="faint">{t("sessions.own")}</span>
        : <Sure words={t("sessions.end")} sure={t("sessions.sure", { name: one.username })}
            act={() => void attempt(() => endSession(one.id)).then(ended)} />}
    </div><Notice trouble={trouble} /></li>
  );
}
