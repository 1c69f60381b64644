/** Which questions of a card are asked, and which card comes next. The server knows the rules; this keeps its word. */
import type { Protocol, Triaged, TriageOfCall } from "../wire/answers";
import type { Assessment } from "./draft";

export type Given = Record<string, string>;

export function givenTo(held: Assessment, card: string): Given {
  return held.answers[card] ?? {};
}

/** The card that is open: the one chosen, else the one that begins a call. */
export function openCard(cards: Protocol[], held: Assessment): Protocol | undefined {
  return cards.find((one) => one.id === held.protocol) ?? cards.find((one) => one.kind === "entry") ?? cards[0];
}

/** What was answered stays in sight; beside it what the server asks next, before its first word what has no condition. */
export function asked(card: Protocol, given: Given, told: Triaged | null): Protocol["questions"] {
  const next = told && told.protocol === card.id ? told.next_questions : null;
  return card.questions.filter((question) => !question.for_crew
    && (question.id in given || (next ? next.includes(question.id) : Object.keys(question.ask_when).length === 0)));
}

/** A call keeps the version of a card it began with: its questions stand in the place of the newest ones. */
export function asBegun(cards: Protocol[], used: TriageOfCall["cards"]): Protocol[] {
  return cards.map((card) => {
    const begun = used.find((one) => one.protocol === card.id);
    if (!begun || begun.version === card.version) return card;
    return { ...card, version: begun.version, title: begun.title, signed_off: begun.signed_off, questions: begun.questions };
  });
}

/** What was answered on each card the server knows of. */
export function givenOn(used: TriageOfCall["cards"]): Record<string, Given> {
  return Object.fromEntries(used.map((card) => [card.protocol, Object.fromEntries(
    card.questions.flatMap((one) => (one.given === null ? [] : [[one.id, one.given]])))]));
}

/** What was said on other cards already and fits a question of this one: the same id, and an answer it knows. */
export function carriedOver(card: Protocol, answers: Assessment["answers"]): Given {
  const said: Given = Object.assign({}, ...Object.entries(answers).filter(([id]) => id !== card.id).map(([, given]) => given));
  const fits = card.questions.filter(({ id, numbers, answers: known }) => {
    const value = said[id];
    if (value === undefined) return false;
    return numbers ? Number(value) >= numbers.least && Number(value) <= numbers.most : known.some((one) => one.value === value);
  });
  return { ...Object.fromEntries(fits.map(({ id }) => [id, said[id]!])), ...answers[card.id] };
}
