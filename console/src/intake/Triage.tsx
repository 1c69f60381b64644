/** The questions of a protocol. Each answer is stored at once, so that the priority is never behind the call. */
import { useEffect, useState } from "react";

import { useText } from "../text/i18n";
import { Notice, useTrouble } from "../shell/Notice";
import * as api from "../wire/api";
import type { Protocol, Triaged } from "../wire/answers";
import { changeAssessment, type Assessment } from "./draft";

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
  const [result, setResult] = useState<Triaged | null>(null);
  const cards = useProtocols(attempt);
  const card = cards.find((one) => one.id === held.protocol) ?? cards[0];
  if (!card) return <div className="wide"><Notice trouble={trouble} /></div>;

  async function answer(question: string, value: string) {
    const answers = { ...held.answers, [question]: value };
    changeAssessment(call, { protocol: card!.id, answers });
    const told = await attempt(() => api.triage(call, card!.id, answers));
    if (!told) return;
    setResult(told);
    changeAssessment(call, { determinant: told.determinant, priority: null });
  }

  return (
    <div className="wide triage">
      <label className="field">{t("triage.card")}
        <select value={card.id} onChange={(event) => changeAssessment(call, { protocol: event.target.value, answers: {} })}>
          {cards.map((one) => <option key={one.id} value={one.id}>{say(one.title)}</option>)}
        </select>
      </label>
      {card.questions.map((question) => (
        <fieldset key={question.id} className="question">
          <legend>{say(question.text)}</legend>
          <div className="answers">
            {question.answers.map(({ value, text }) => (
              <label key={value} className={held.answers[question.id] === value ? "answer on" : "answer"}>
                <input type="radio" name={question.id} checked={held.answers[question.id] === value}
                  onChange={() => answer(question.id, value)} />
                {say(text)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <Notice trouble={trouble} />
      {result && (
        <div className="determinant" role="status">
          <b>{result.determinant} · {result.priority}</b>
          <ul>{result.instructions.map((line, index) => <li key={index}>{say(line)}</li>)}</ul>
        </div>
      )}
    </div>
  );
}
