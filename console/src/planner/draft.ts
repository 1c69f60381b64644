/** A simulation as it is being asked for: what stands in the fields, and the question it makes. */
import type { Tell } from "../text/i18n";
import type { Choices, NewSimulation, RivalAsked, Source } from "../wire/simulations";

/** Fields hold texts: an empty one leaves the matter as it usually is. `turnout` : by kind of vehicle. */
export type RivalDraft = {
  /** For React alone: which fields belong together, whoever is left out above. */
  key: number;
  name: string; policy: string; moveUp: string; more: { station: string; count: string }[]; without: string;
  turnout: Record<string, string>; closed: string[]; beds: boolean; takers: string; lines: string;
};
/** on : "city", "now", "recorded", "model:<name>" or "scenario:<name>"; day, until: of the own log */
export type Draft = {
  question: string; on: string; day: string; until: string; hours: string; begins: string; warmUp: string; replications: string; seed: string; rivals: RivalDraft[];
};

/** What is usual where nobody says otherwise, as the server has it. */
export const USUAL = { hours: 24, hoursNow: 2, warmUp: 6, replications: 20, once: 1, seed: 115 };

/** A name may be so long. */
const LONGEST = 60;

/** Nothing is different besides who is sent and where free units wait. */
const AS_IT_IS = { more: [], without: "", turnout: {}, closed: [] as string[], beds: false, takers: "", lines: "" };
/** A log tells nothing of calls that nobody answered, and of no stay in a bed. */
const NOT_IN_A_LOG = { beds: false, takers: "", lines: "" };

let keys = 0;

export function aRival(policy: string, moveUp: string): RivalDraft {
  keys += 1;
  return { key: keys, name: "", policy, moveUp, ...AS_IT_IS };
}

/** Two rivals worth comparing: as most services do it, and units that wait where they are missed most. */
export function firstDraft(on: string): Draft {
  return {
    question: "", on, day: "", until: "", hours: "", begins: "", warmUp: "", replications: "", seed: "",
    rivals: [aRival("closest", "home"), aRival("closest", "dmexclp")],
  };
}

/** What it stands on where nobody has chosen yet. */
export function firstOn({ now, demand, models }: Pick<Choices, "now" | "demand" | "models">, fromNow: boolean): string {
  if (fromNow && now) return "now";
  return demand || models.length === 0 ? "city" : `model:${models[0]!.name}`;
}

export function sourceOf(on: string): { source: Source; model: string | null; scenario: string | null } {
  const [source, ...name] = on.split(":");
  const said = name.join(":") || null;
  return { source: source as Source, model: source === "model" ? said : null, scenario: source === "scenario" ? said : null };
}

/** What of a rival counts: the live state is carried on with the units, crews, beds and lines that it has. */
export function usable(rival: RivalDraft, source: Source): RivalDraft {
  return source === "now" ? { ...rival, ...AS_IT_IS } : source === "recorded" ? { ...rival, ...NOT_IN_A_LOG } : rival;
}

/** How many things a rival does otherwise besides who is sent and where units wait. */
export function changesOf({ more, without, turnout, closed, beds, takers, lines }: RivalDraft): number {
  const said = [without, takers, lines, ...Object.values(turnout)].filter((text) => text.trim() !== "").length;
  return said + closed.length + more.filter(({ station }) => station !== "").length + (beds ? 1 : 0);
}

/** A name for a rival that was given none: what makes it another one. */
export function nameOf(rival: RivalDraft, choices: Pick<Choices, "stations" | "hospitals">, t: Tell): string {
  if (rival.name.trim()) return rival.name.trim();
  const short = t(`planner.short.${rival.policy}` as Parameters<Tell>[0]);
  const waits = rival.moveUp === "home" ? [] : [t(`planner.short.move.${rival.moveUp}` as Parameters<Tell>[0])];
  const vans = rival.more.filter(({ station }) => station).map(({ station, count }) =>
    `+${count || "1"} ${choices.stations.find((one) => one.id === station)?.name ?? station}`);
  const fewer = rival.without.trim() ? [`−${callsigns(rival.without).join(" ")}`] : [];
  const shut = rival.closed.map((id) => t("planner.short.closed", { hospital: choices.hospitals.find((one) => one.id === id)?.name ?? id }));
  const desk = (["lines", "takers"] as const).filter((what) => rival[what].trim()).map((what) => t(`planner.short.${what}`, { count: rival[what].trim() }));
  // Whole parts only: half a word tells nothing.
  return [...waits, ...vans, ...fewer, ...shut, ...desk].reduce((name, part) => (name.length + part.length + 2 <= LONGEST ? `${name}, ${part}` : name), short);
}

export const callsigns = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
/** What is no number, or none that can be sent, goes as it stands: the server says what it wants there. */
const numeral = (text: string): number | null => (text.trim() === "" ? null : Number.isFinite(Number(text)) ? Number(text) : (text as unknown as number));

function rivalAsked(rival: RivalDraft, choices: Choices, t: Tell): RivalAsked {
  const turnout = Object.entries(rival.turnout).filter(([, text]) => text.trim() !== "");
  return {
    name: nameOf(rival, choices, t), policy: rival.policy, move_up: rival.moveUp, without: callsigns(rival.without),
    more: Object.fromEntries(rival.more.filter(({ station }) => station).map(({ station, count }) => [station, numeral(count) ?? 1])),
    turnout_s: Object.fromEntries(turnout.map(([kind, text]) => [kind, numeral(text)!])),
    closed: rival.closed, staffed: {}, beds: rival.beds, takers: numeral(rival.takers), lines: numeral(rival.lines),
  };
}

/** The order; `id` makes asking twice asking once. A scenario says itself what is compared and for how long. */
export function asked(draft: Draft, id: string, choices: Choices, t: Tell): NewSimulation {
  const on = sourceOf(draft.on);
  const own = on.source !== "scenario";
  const rivals = own ? draft.rivals.map((rival) => rivalAsked(usable(rival, on.source), choices, t)) : [];
  const question = draft.question.trim() || (own ? questionOf(rivals.map(({ name }) => name), t) : "");
  const recorded = on.source === "recorded";
  const clocked = own && on.source !== "now" && !recorded;
  return {
    id, question, ...on, rivals, day: recorded ? draft.day || null : null, until: recorded ? draft.until || null : null, hours: own && !recorded ? numeral(draft.hours) : null, begins: clocked ? draft.begins.trim() || null : null,
    warm_up_hours: clocked ? numeral(draft.warmUp) : null, replications: numeral(draft.replications), seed: numeral(draft.seed),
  };
}

export function questionOf(names: string[], t: Tell): string {
  if (names.length < 2) return names[0] ?? "";
  return t("planner.question_of", { first: names.slice(0, -1).join(", "), other: names.at(-1)! }).slice(0, 300);
}

/** How much it asks of the machine: hours that are simulated in all, null where a field holds no number. */
export function sizeOf(draft: Draft): number | null {
  if (draft.on === "recorded") return sizeOfDays(draft);
  const now = draft.on === "now";
  const [hours, warmUp, replications] = [numeral(draft.hours) ?? (now ? USUAL.hoursNow : USUAL.hours), now ? 0 : numeral(draft.warmUp) ?? USUAL.warmUp, numeral(draft.replications) ?? USUAL.replications];
  const size = draft.rivals.length * replications * (hours + warmUp);
  return Number.isFinite(size) ? size : null;
}

/** The very calls are met as they came; days like them begin with a warm-up. */
function sizeOfDays({ day, until, replications, rivals }: Draft): number | null {
  const often = numeral(replications) ?? USUAL.once;
  const days = 1 + (Date.parse(until || day) - Date.parse(day)) / 86_400_000;
  const size = rivals.length * often * (24 * days + (often > 1 ? USUAL.warmUp : 0));
  return Number.isFinite(size) && days > 0 ? size : null;
}
