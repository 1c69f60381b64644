/** By which policy units are chosen, for each priority; a supervisor may say otherwise, with a reason. */
import { useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { PriorityBadge } from "../queue/PriorityBadge";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { known, useText, type Key } from "../text/i18n";
import type { Priority } from "../wire/rows";
import { choosePolicies, policies, type PolicyName } from "../wire/oversight";
import { useAsked } from "./useAsked";

const PRIORITIES: Priority[] = ["P1", "P2", "P3", "P4"];

export function PolicyTab() {
  const { t, language } = useText();
  const { me, city } = useCell(session);
  const { value, trouble, again } = useAsked(policies);
  const { trouble: refused, complain, attempt } = useTrouble();
  const [said, setSaid] = useState<Partial<Record<Priority, PolicyName>>>({});
  const [reason, setReason] = useState("");
  const [done, setDone] = useState(false);
  const may = me?.role === "supervisor" || me?.role === "admin";
  async function submit(event: FormEvent) {
    event.preventDefault();
    setDone(false);
    const changed = Object.fromEntries(Object.entries(said).filter(([priority, policy]) => value?.policies[priority]?.policy !== policy));
    if (Object.keys(changed).length === 0) return complain(t("policy.nothing"));
    if (reason.trim() === "") return complain(t("policy.needs_reason"));
    if (await attempt(() => choosePolicies(changed, reason.trim()))) {
      setSaid({});
      setReason("");
      setDone(true);
      again();
    }
  }
  return (
    <section className="card wide" aria-label={t("policy.title")}>
      <div className="card-head"><h2>{t("policy.title")}</h2></div>
      <Notice trouble={trouble} />
      {value && (
        <form onSubmit={submit} noValidate>
          <table><thead><tr><th scope="col">{t("policy.priority")}</th><th scope="col">{t("policy.policy")}</th><th scope="col">{t("policy.said_by")}</th></tr></thead>
            <tbody>{PRIORITIES.map((priority) => {
              const now = value.policies[priority];
              return (
                <tr key={priority}><th scope="row"><PriorityBadge priority={priority} /></th>
                  <td>{may ? (
                    <select aria-label={`${t("policy.policy")} ${priority}`} value={said[priority] ?? now?.policy ?? ""}
                      onChange={(event) => setSaid({ ...said, [priority]: event.target.value as PolicyName })}>
                      {value.known.map((name) => <option key={name} value={name}>{known(t, "policy", name)}</option>)}
                    </select>) : known(t, "policy", now?.policy ?? "")}</td>
                  <td>{t(`policy.by.${now?.said_by ?? "rules"}` as Key)}</td></tr>);
            })}</tbody></table>
          {value.since && <p className="faint">{t("policy.last", { time: timeAndDay(value.since, city!.timezone, language, clock.now() / 1000), who: value.by ?? "", reason: value.reason ?? "" })}</p>}
          {value.owner && <p className="faint">{t("policy.owner", { owner: value.owner })}</p>}
          {may ? (
            <div className="policy-change">
              <label className="field">{t("policy.reason")}<input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={300} /></label>
              <button className="primary">{t("policy.change")}</button>
            </div>) : <p className="nothing">{t("policy.read_only")}</p>}
          <Notice trouble={refused} />
          <p role="status" className="done">{done ? t("policy.changed") : ""}</p>
        </form>)}
    </section>
  );
}
