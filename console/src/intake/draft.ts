/** What has been typed and not yet stored. Survives a reload, a lost line and a login in mid-shift. */
import { Cell } from "../store/cell";
import type { Nearby, PlaceFound, Triaged } from "../wire/answers";
import type { Priority } from "../wire/rows";
import { freshId } from "../wire/ids";

export type Draft = {
  id: string; phone: string; caller_name: string; address: string; complaint: string; where: string;
  /** The caller's own words, where the address was put right by the map. */
  said: string;
  /** How the position is known, as long as nobody has put it elsewhere. */
  place: Known | null;
  /** What went out under `id` and got no answer: it may be stored. */
  sent?: Words | null;
};
export type Words = Omit<Draft, "id" | "sent">;

export type Known = Pick<PlaceFound, "confidence" | "ambiguous"> & { where: string };

/** The part after the call is stored: triage and the choice between joining and opening. */
export type Assessment = {
  incident_id: string;
  protocol: string | null;
  /** What was answered, by card and question. */
  answers: Record<string, Record<string, string>>;
  /** What the last answer led to. */
  told: Triaged | null;
  priority: Priority | null;
  determinant: string | null;
  patients: number;
  where: string;
  nearby: Nearby[];
  /** Typed while the call was being stored: it goes along with the incident, as a note. */
  more?: string;
};

/** Another number for another shape: what an older page left is not ours. */
const STORED = "vigil.intake.2";

/** `aside` : forms that were half typed when they had to make room, the newest first. */
type Desk = { draft: Draft; call: string | null; assessments: Record<string, Assessment>; aside?: Draft[] };
const KEPT_ASIDE = 3;

export function emptyDraft(): Draft {
  return { id: freshId(), phone: "", caller_name: "", address: "", complaint: "", where: "", said: "", place: null };
}

export function emptyAssessment(where = "", nearby: Nearby[] = []): Assessment {
  return {
    incident_id: freshId(), protocol: null, answers: {}, told: null, priority: null, determinant: null, patients: 1, where, nearby,
  };
}

function stored(): Desk {
  const blank = { draft: emptyDraft(), call: null, assessments: {} };
  try {
    const text = sessionStorage.getItem(STORED);
    return text ? { ...blank, ...(JSON.parse(text) as Desk) } : blank;
  } catch {
    return blank;
  }
}

export const desk = new Cell<Desk>(stored());

desk.subscribe(() => {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(desk.get()));
  } catch {
    // Without storage the text still lives as long as the page.
  }
});

/** Turns to a stored call; what was begun for it is still there. */
export function assess(call: string, start: Assessment = emptyAssessment()): void {
  const { assessments } = desk.get();
  desk.change({ call, assessments: { ...assessments, [call]: assessments[call] ?? start } });
}

/** Answers as the server keeps them, where this page holds none: another desk asked, or the page was opened anew. */
export function takeUpAnswers(call: string, answers: Assessment["answers"], last: string | null): void {
  const held = desk.get().assessments[call] ?? emptyAssessment();
  changeAssessment(call, { answers: { ...answers, ...held.answers }, protocol: held.protocol ?? last });
}

export function changeAssessment(call: string, part: Partial<Assessment>): void {
  const { assessments } = desk.get();
  const held = assessments[call] ?? emptyAssessment();
  desk.change({ assessments: { ...assessments, [call]: { ...held, ...part } } });
}

/** Back to taking calls; `done` also forgets what was begun for this call. */
export function leaveCall(call: string, done: boolean): void {
  const { [call]: gone, ...others } = desk.get().assessments;
  desk.change({ call: null, assessments: done || !gone ? others : desk.get().assessments });
}

/** Whether anything but a number stands in the form: a number alone is soon dialled again. */
export function isTyped({ caller_name, address, complaint, where }: Words): boolean {
  return [caller_name, address, complaint, where].some((words) => words.trim() !== "");
}

/** Keeps what is half typed; its next sending is another order. */
export function setAside(): void {
  const { draft, aside = [] } = desk.get();
  if (isTyped(draft)) desk.change({ aside: [{ ...draft }, ...aside].slice(0, KEPT_ASIDE) });
}

/** Back into the form; what stands there makes room in turn. */
export function takeUpAgain(kept: Draft): void {
  setAside();
  desk.change({ draft: kept, aside: (desk.get().aside ?? []).filter((one) => one.id !== kept.id) });
}
