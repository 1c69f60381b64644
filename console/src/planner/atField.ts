/** Which field of the form a sentence of the server is about. */

/** Names of the order that have a field; those of a rival follow its number. */
const FIELD = /(?:^|[\s;:])((?:rivals\.\d+(?:\.[a-z_]+)?)|question|source|day|until|model|scenario|hours|begins|warm_up_hours|replications|seed|id)(?:\.[\w-]+)*:/g;
/** Of refusals that say what kind they are, and which rival they mean. */
const KINDS: Record<string, string> = {
  QuestionWanted: "question", TooManyReplications: "replications", TooMuchSimulated: "replications", TooManyHours: "hours", BadBegins: "begins",
  BadDay: "day", DayNotInLog: "day", TooManyDays: "day", NoLogYet: "source", DayNotOver: "replications",
  UnknownScenario: "scenario", UnfitScenario: "scenario", UnknownModel: "model", CoverageNotReady: "source",
};
const OF_RIVAL: Record<string, string> = {
  RivalNamedTwice: "name", UnknownSimulatedPolicy: "policy", UnknownMoveUpRule: "move_up", UnitNotInCity: "without", NobodyLeft: "without",
  StationNotInCity: "more", KindNotInCity: "turnout_s", HospitalNotInCity: "closed", NoHospitalLeft: "closed", UnknownPlannedBed: "closed",
};

/** All that the server may call a refusal of a field. */
export const KNOWN_KINDS = [...Object.keys(KINDS), ...Object.keys(OF_RIVAL)];
/** Parts of a rival. Said without its number they mean whichever has them. */
const PARTS = ["name", "policy", "move_up", "more", "without", "turnout_s", "closed", "beds", "takers", "lines"];

/** The fields a sentence is about; none where it speaks of the whole. rivals : their names, as they were sent */
export function fieldsOf(sentence: string, facts: Record<string, unknown>, rivals: string[]): string[] {
  const { field } = facts;
  if (typeof field === "string") return PARTS.includes(field) ? rivals.map((_, index) => `rivals.${index}.${field}`) : [field];
  const kind = String(facts.type ?? "").split(":").at(-1)!;
  if (KINDS[kind]) return [KINDS[kind]];
  // Of two with one name the later is the one to be renamed.
  if (OF_RIVAL[kind]) return [`rivals.${rivals.lastIndexOf(String(facts.rival))}.${OF_RIVAL[kind]}`];
  return [...sentence.matchAll(FIELD)].map(([, name]) => name!);
}

/** Whether the sentence belongs to this field, or to a part of it. */
export const isAt = (fields: string[], field: string): boolean => fields.some((one) => one === field || one.startsWith(`${field}.`));
