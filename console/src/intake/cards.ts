/** Which questions of a card are asked, and which card comes next. The server knows the rules; this keeps its word. */
import type { Protocol, Triaged } from "../wire/answers";
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
