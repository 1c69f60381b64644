/** The form of a call on its way to the record: nothing that was typed is lost, and no call is stored twice. */
import type { Nearby } from "../wire/answers";
import { freshId } from "../wire/ids";
import { assess, changeAssessment, desk, emptyAssessment, emptyDraft, setAside, type Draft, type Words } from "./draft";

const digits = (phone: string) => phone.replace(/\D/g, "");

function wordsOf({ phone, caller_name, address, complaint, where, said, place }: Draft): Words {
  return { phone, caller_name, address, complaint, where, said, place };
}

/**
 * What goes out, and under which id. After a lost answer the same caller's call goes out as it was: what was typed since
 * is told when it is stored. Another caller's is another call.
 */
export function outgoing(): { id: string; words: Words } {
  const { draft } = desk.get();
  if (draft.sent && digits(draft.sent.phone) === digits(draft.phone)) return { id: draft.id, words: draft.sent };
  const [id, words] = [draft.sent ? freshId() : draft.id, wordsOf(draft)];
  desk.change({ draft: { ...draft, id, sent: words } });
  return { id, words };
}

/** A no is an answer: what is sent next is another order. */
export function refused(id: string): void {
  const { draft } = desk.get();
  if (draft.id === id) desk.change({ draft: { ...draft, id: freshId(), sent: null } });
}

/** The call is on the record. What was typed meanwhile goes with it, or stays in the form where it is another caller's. */
export function stored(id: string, words: Words, nearby: Nearby[]): void {
  const { draft } = desk.get();
  let now: Words = words;
  if (draft.id === id && digits(draft.phone) === digits(words.phone)) {
    now = wordsOf(draft);
    desk.change({ draft: emptyDraft() });
  } else if (draft.id === id) {
    desk.change({ draft: { ...draft, id: freshId(), sent: null } });
  }
  assess(id, emptyAssessment(now.where, nearby));
  const more = typedSince(words, now);
  if (more) changeAssessment(id, { more });
}

/** What a form says beyond what was sent, in words. */
export function typedSince(sent: Words, now: Words): string {
  const complaint = now.complaint.trim();
  const before = sent.complaint.trim();
  const added = complaint.startsWith(before) ? complaint.slice(before.length).replace(/^[\s,.;]+/, "") : complaint;
  const others = (["caller_name", "address"] as const).filter((name) => now[name].trim() !== sent[name].trim()).map((name) => now[name].trim());
  return [added, ...others].filter(Boolean).join(" · ");
}

/** An empty form; what stood in it can be taken up again. */
export function clearForm(phone = ""): void {
  setAside();
  desk.change({ draft: { ...emptyDraft(), phone } });
}
