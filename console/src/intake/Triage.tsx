/** The questions of the cards. Each answer is stored at once, so that the priority is never behind the call. */
import { useEffect, useMemo, useState } from "react";

import { useText } from "../text/i18n";
import "../text/openedTexts";
import { Notice, useTrouble } from "../shell/Notice";
import * as api from "../wire/api";
import type { Protocol, Triaged, TriageOfCall } from "../wire/answers";
import { useRow } from "../live";
import { answering } from "./answering";
import { asBegun, asked, carriedOver, givenOn, givenTo, openCard } from "./cards";
import { changeAssessment, desk, takeUpAnswers, type Assessment } from "./draft";
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
  }, [attempt]);
  return cards;
}

/** The cards of this call as it began them; what was answered elsewhere is taken up here. */
function useBegun(call: string): TriageOfCall["cards"] {
  const [begun, setBegun] = useState<TriageOfCall["cards"]>([]);
  const version = useRow("calls", call)?.protocol_version;
  useEffect(() => {
    if (version === undefined || version === null) return;
    let ours = true;
    api.triageOf(call).then(({ cards }) => {
      if (!ours) return;
      setBegun(cards);
      takeUpAnswers(call, givenOn(cards), cards.at(-1)?.protocol ?? null);
    }, () => undefined);
    return () => { ours = false; };
  }, [call, version]);
  return begun;
}

export function Triage({ call, held }: { call: string; held: Assessment }) {
  const { t, say } = useText();
  const { trouble, attempt } = useTrouble();
  const newest = useProtocols(attempt);
  const begun = useBegun(call);
  const cards = useMemo(() => asBegun(newest, begun), [newest, begun]);
  const card = openCard(cards, held);
  if (!card) return <div className="wide"><Notice trouble={trouble} /></div>;
  const { told } = held;
  const given = givenTo(held, card.id);
  const next = told?.leads_to && told.leads_to !== card.id ? cards.find((one) => one.id === told.leads_to) : undefined;

  async function give(id: string, answers: Record<string, string>) {
    const before = desk.get().assessments[call]?.answers ?? held.answers;
    changeAssessment(call, { protocol: id, answers: { ...before, [id]: answers } });
    const outcome = await attempt(() => answering.tell(call, id, answers));
    if (outcome) changeAssessment(call, { told: outcome, determinant: outcome.determinant, priority: null });
  }

  /** What another card asked already is not asked again. */
  function turnTo(id: string) {
    const to = cards.find((one) => one.id === id);
    const carried = to ? carriedOver(to, held.answers) : {};
    changeAssessment(call, { protocol: id });
    if (Object.keys(carried).length > Object.keys(held.answers[id] ?? {}).length) void give(id, carried);
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
          answer={(value) => void give(card.id, { ...given, [question.id]: value })} />
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
      {incident?.move === "apply" && incident.was !== incident.priority
        && <p>{t("triage.applied", { number: incident.number, was: incident.was, now: incident.priority })}</p>}
      {incident?.proposed && <p>{say(incident.proposed)} {incident.proposed.priority}</p>}
      {incident && incident.surplus.length > 0
        && <p>{t("triage.surplus", { callsigns: incident.surplus.map((run) => run.callsign).join(", ") })}</p>}
      {incident && incident.missing.length > 0 && <p>{t("triage.missing", { list: incident.missing.map(say).join(", ") })}</p>}
    </div>
  );
}
