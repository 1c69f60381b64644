/** The questions of the cards. Each answer is stored at once, so that the priority is never behind the call. */
import { useEffect, useState } from "react";

import { useText } from "../text/i18n";
import { Notice, useTrouble } from "../shell/Notice";
import * as api from "../wire/api";
import type { Protocol, Triaged } from "../wire/answers";
import { asked, givenTo, openCard } from "./cards";
import { changeAssessment, type Assessment } from "./draft";
import { Question } from "./Question";
import { Steps } from "./Steps";

let loaded: Promise<Protocol[]> | null = null;

function useProtocols(attempt: <T>(order: () => Promise<T>) => Promise<T | undefined>): Protocol[] {
  const [cards, setCards] = useState<Protocol[]>([]);
  useEffect(() => {
    loaded ??= api.protocols();
    loaded.catch(() => { loaded = null; });
    void attempt(() => loaded!).then((found) => found && setCards(found));
    // Cards change a few times a year; one load a page is enough.
  }, []);
  return cards;
}

export function Triage({ call, held }: { call: string; held: Assessment }) {
  const { t, say } = useText();
  const { trouble, attempt } = useTrouble();
  const cards = useProtocols(attempt);
  const card = openCard(cards, held);
  if (!card) return <div className="wide"><Notice trouble={trouble} /></div>;
  const { told } = held;
  const given = givenTo(held, card.id);
  const next = told?.leads_to && told.leads_to !== card.id ? cards.find((one) => one.id === told.leads_to) : undefined;
  const turnTo = (id: string) => changeAssessment(call, { protocol: id });

  async function answer(question: string, value: string) {
    const answers = { ...given, [question]: value };
    changeAssessment(call, { protocol: card!.id, answers: { ...held.answers, [card!.id]: answers } });
    const outcome = await attempt(() => api.triage(call, card!.id, answers));
    if (outcome) changeAssessment(call, { told: outcome, determinant: outcome.determinant, priority: null });
  }

  return (
    <div className="wide triage">
      <label className="field">{t("triage.card")}
        <select value={card.id} onChange={(event) => turnTo(event.target.value)}>
          {cards.map((one) => <option key={one.id} value={one.id}>{say(one.title)}</option>)}
        </select>
      </label>
      {!card.signed_off && <p className="faint">{t("triage.unsigned")}</p>}
      {asked(card, given, told).map((question) => (
        <Question key={`${card.id}.${question.id}`} question={question} given={given[question.id]}
          answer={(value) => void answer(question.id, value)} />
      ))}
      <Notice trouble={trouble} />
      {told && <Outcome told={told} />}
      {next && <button type="button" className="next-card" onClick={() => turnTo(next.id)}>{t("triage.next", { card: say(next.title) })}</button>}
      {told && <Steps call={call} told={told} />}
    </div>
  );
}

function Outcome({ told }: { told: Triaged }) {
  const { t, say } = useText();
  const { incident } = told;
  return (
    <div className={`determinant ${told.send_now ? "now" : ""}`} role="status">
      <b>{say(told.title)} · {say(told.urgency)}{told.priority && ` · ${told.priority}`}</b>
      {told.send_now && <p><b><span aria-hidden="true">■ </span>{t("triage.send_now")}</b></p>}
      {incident?.move === "apply" && incident.was !== incident.priority
        && <p>{t("triage.applied", { number: incident.number, was: incident.was, now: incident.priority })}</p>}
      {incident?.proposed && <p>{say(incident.proposed)} {incident.proposed.priority}</p>}
      {incident && incident.surplus.length > 0
        && <p>{t("triage.surplus", { callsigns: incident.surplus.map((run) => run.callsign).join(", ") })}</p>}
      {incident && incident.missing.length > 0 && <p>{t("triage.missing", { list: incident.missing.map(say).join(", ") })}</p>}
    </div>
  );
}
