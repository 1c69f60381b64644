/** From the line to what it means. Pure: it reads rows, judges words and sends nothing. */
import { nextMilestones } from "../boards/milestones";
import { readTimeOfDay } from "../text/moment";
import type { Priority, RunRow, UnitRow } from "../wire/rows";
import type { Book } from "./book";
import type { Command, Given, Wanted } from "./commands";
import { Misread, only, Reader, wants, type Expected, type Values } from "./reader";
import type { CommandKey } from "./texts";
import { BEDS, isStatus, isVerb, MILESTONE_OF, STATUSES, type StatusWord, type Verb } from "./words";

/** As the server takes it. */
const LONGEST_MESSAGE = 300;

export type Parsed =
  | { verb: Verb | StatusWord | null; command: Command }
  | { verb: Verb | StatusWord | null; problem: CommandKey; values: Values; open: boolean; expects: Expected | null; about?: string };

export function parse(line: string, book: Book): Parsed {
  const reader = new Reader(line, book);
  let verb: Verb | StatusWord | null = null;
  try {
    const token = reader.next();
    if (token === undefined) throw wants("verb", "problem.empty");
    const word = only(book.first.read(token), token);
    if (word === null) throw new Misread("problem.unknown_word", { word: token }, token.length < 3, "verb");
    const unit = book.units.get(word);
    if (unit && (isVerb(word) || isStatus(word))) throw new Misread("problem.both", { word });
    if (unit) return unitFirst(unit, reader);
    verb = word as Verb | StatusWord;
    const command = isStatus(word) ? statusFirst(word, reader) : isVerb(word) ? VERB[word](reader) : null;
    if (command === null) throw new Misread("problem.unknown_word", { word: token });
    reader.end();
    return { verb, command };
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return { verb, problem: error.key, values: error.values, open: error.open, expects: error.expects, about: reader.found?.id };
  }
}

const VERB: Record<Verb, (reader: Reader) => Command> = {
  N: (reader) => ({ do: "new_call", address: reader.rest() }),
  D: send,
  X: standDown,
  P: (reader) => {
    const incident = reader.incident();
    const token = reader.next();
    if (token === undefined) throw wants("priority", "problem.wants_priority");
    if (!/^[1-4]$/.test(token)) reader.notAnIncident(token);
    if (!/^[Pp]?[1-4]$/.test(token)) throw new Misread("problem.wants_priority", {}, false, "priority");
    return { do: "priority", incident, priority: `P${token.slice(-1)}` as Priority, reason: reader.text("problem.wants_reason", token) };
  },
  C: (reader) => ({ do: "close", incident: reader.incident(), reason: reader.text("problem.wants_reason") }),
  T: destination,
  H: (reader) => {
    const hospital = reader.hospital();
    const token = reader.next();
    const kind = token === undefined ? null : BEDS[only(reader.book.beds.read(token), token) ?? ""];
    if (!kind) throw wants("bed", "problem.wants_bed");
    const bed = hospital.beds[kind];
    if (!bed) throw new Misread("problem.no_such_bed", { code: hospital.code, word: token! });
    const free = reader.number(9999, "problem.wants_number");
    if (free + bed.blocked > bed.staffed) throw new Misread("problem.too_many_beds", { staffed: bed.staffed, blocked: bed.blocked });
    return { do: "beds", hospital, kind, free };
  },
  NT: (reader) => ({ do: "note", incident: reader.incident(true), words: reader.text("problem.wants_text") }),
  L: (reader) => ({ do: "record", incident: reader.incident(true) }),
  G: goTo,
  K: () => ({ do: "take_alarm" }),
  U: (reader) => {
    const run = oneRun(reader, (row) => row.undo !== null && row.undo !== undefined, "problem.nothing_to_undo");
    return { do: "undo", run };
  },
  AL: (reader) => {
    const incident = reader.incident();
    const level = reader.number(9, "problem.wants_level");
    return { do: "level", incident, level, reason: reader.text("problem.wants_reason", String(level)) };
  },
  DG: (reader) => {
    const incident = reader.incident();
    const first = reader.peek();
    const words = reader.rest();
    if (words === "0") return { do: "danger", incident, words: null };
    reader.notAnIncident(first);
    if (words.length < 3) throw wants("text", "problem.wants_danger");
    return { do: "danger", incident, words };
  },
  PL: (reader) => {
    const incident = reader.incident();
    if (incident.place_confirmed) throw new Misread("problem.place_sure", { number: incident.number });
    return { do: "confirm_place", incident };
  },
  OK: (reader) => ({ do: "answer_prompt", run: prompted(reader), yes: true }),
  NO: (reader) => ({ do: "answer_prompt", run: prompted(reader), yes: false }),
  V: (reader) => {
    const incident = reader.incident();
    if (incident.auto_dispatch?.state !== "proposed") throw new Misread("problem.nothing_goes", { number: incident.number });
    return { do: "veto", incident };
  },
  MG: (reader) => {
    const first = reader.incident();
    // One number: what is chosen goes into it. Two: the first goes into the second.
    const [incident, into] = reader.namesIncident() ? [first, reader.incident()] : [reader.book.selected, first];
    if (!incident || incident.id === into.id) throw wants("incident", "problem.wants_into");
    return { do: "merge", incident, into };
  },
  UM: (reader) => {
    if (!reader.namesIncident()) throw wants("incident", "problem.wants_merged");
    const incident = reader.incident(true);
    if (!incident.merged_into) throw new Misread("problem.not_merged", { number: incident.number });
    return { do: "unmerge", incident };
  },
  TM: correct,
  M: (reader) => {
    const unit = reader.unit();
    if (unit.duty === "off_duty") throw new Misread("problem.nobody_aboard", { callsign: unit.callsign });
    const words = reader.text("problem.wants_text");
    if (words.length > LONGEST_MESSAGE) throw new Misread("problem.too_long", { most: LONGEST_MESSAGE });
    return { do: "message", unit, words };
  },
  "?": () => ({ do: "help" }),
};

/** D [incident] (rank | callsign)... [hospital] [/ reason], or * for the whole plan. One digit is always a rank. */
function send(reader: Reader): Command {
  const named = reader.namesIncident();
  const incident = reader.incident();
  const wanted: Wanted[] = [];
  let hospital = null;
  let plan = false;
  for (let token = reader.peek(); token !== undefined && !token.startsWith("/"); token = reader.peek()) {
    if (reader.namesIncident()) throw new Misread("problem.incident_first", { token });
    reader.next();
    if (token === "*") plan = true;
    else if (/^[1-9]$/.test(token)) wanted.push({ rank: Number(token) });
    else {
      const found = reader.name(token);
      if (!found) throw new Misread("problem.unknown_name", { word: token }, true, "send");
      if ("unit" in found) wanted.push({ callsign: found.unit.callsign });
      else if (hospital) throw new Misread("problem.two_hospitals");
      else hospital = found.hospital;
    }
  }
  const reason = given(reader);
  if (plan && wanted.length > 0) throw new Misread("problem.plan_alone");
  if (plan) return { do: "send_plan", incident, hospital };
  if (wanted.length > 0) return { do: "send", incident, wanted, hospital, reason };
  if (hospital || reason) throw wants("send", "problem.wants_unit");
  if (!named && reader.book.selected?.id === incident.id) throw wants("send", "problem.wants_send");
  return { do: "advise", incident };
}

/** "/3", "/3 words" or "/ words". */
function given(reader: Reader): Given | null {
  if (reader.peek() === undefined) return null;
  const words = reader.rest();
  const found = /^([1-9]\d?)(?:\s+(.*))?$/s.exec(words);
  if (found) return { place: Number(found[1]), words: found[2] ?? "" };
  if (words.length < 3) throw wants("text", "problem.wants_reason");
  return { place: null, words };
}

/** X [incident] callsign... [/ reason] */
function standDown(reader: Reader): Command {
  const incident = reader.namesIncident() ? reader.incident() : null;
  const runs: RunRow[] = [];
  while (reader.peek() !== undefined && !reader.peek()!.startsWith("/")) {
    const unit = reader.unit();
    const run = reader.runOf(unit);
    if (incident && run.incident_id !== incident.id) throw new Misread("problem.other_incident", { callsign: unit.callsign, number: run.incident_number });
    if (!following(run).includes("stood_down")) throw new Misread("problem.not_next", { callsign: unit.callsign, next: nextWords(run) });
    if (!runs.includes(run)) runs.push(run);
  }
  if (runs.length === 0) throw wants("unit", "problem.wants_unit");
  return { do: "stand_down", runs, reason: reader.rest() };
}

/** T callsign code: the patient goes there; where the run is ready for it, the drive begins with it. */
function destination(reader: Reader): Command {
  const run = reader.runOf(reader.unit());
  const hospital = reader.hospital();
  const depart = following(run).includes("transporting");
  if (run.hospital_id === hospital.id && !depart) throw new Misread("problem.goes_there", { callsign: run.callsign, code: hospital.code });
  return { do: "destination", run, hospital, depart };
}

/** TM callsign status time reason: when it really was. */
function correct(reader: Reader): Command {
  const unit = reader.unit();
  const runs = reader.book.runs.filter((row) => row.callsign === unit.callsign);
  const run = runs.find((row) => row.id === unit.run_id) ?? runs.sort((a, b) => b.seq - a.seq)[0];
  if (!run) throw new Misread("problem.no_run", { callsign: unit.callsign });
  const token = reader.next();
  const told = STATUSES.filter((word) => word !== "NS" && run.milestones[MILESTONE_OF[word]]);
  const word = token === undefined ? null : only(reader.book.first.read(token), token);
  if (word === null || !(told as string[]).includes(word)) {
    throw new Misread("problem.wants_told", { callsign: unit.callsign, told: told.join(", ") || "—" }, token === undefined);
  }
  const clock = reader.next();
  if (clock === undefined || readTimeOfDay(clock) === null) throw new Misread("problem.wants_time", {}, clock === undefined);
  const milestone = MILESTONE_OF[word as Exclude<StatusWord, "NS">];
  return { do: "correct", run, milestone, clock, reason: reader.text("problem.wants_reason") };
}

function goTo(reader: Reader): Command {
  const token = reader.peek();
  if (token === undefined || reader.namesIncident()) return { do: "go_to", incident: reader.incident(true) };
  reader.next();
  const found = reader.name(token);
  if (!found) throw new Misread("problem.unknown_name", { word: token }, true, "unit");
  return { do: "go_to", ...found };
}

function prompted(reader: Reader): RunRow {
  return oneRun(reader, (run) => run.prompt !== null && run.prompt !== undefined, "problem.no_prompt");
}

/** The run of the unit that is named, or the only fitting one of the incident. */
function oneRun(reader: Reader, fits: (run: RunRow) => boolean, none: CommandKey): RunRow {
  if (reader.peek() !== undefined && !reader.namesIncident()) {
    const unit = reader.unit();
    // A run that is over has let its unit go; its last step can be taken back all the same.
    const runs = reader.book.runs.filter((row) => row.callsign === unit.callsign && fits(row));
    const run = runs.find((row) => row.id === unit.run_id) ?? runs.sort((a, b) => b.seq - a.seq)[0];
    if (!run) throw new Misread(none);
    return run;
  }
  const incident = reader.incident(true);
  const runs = reader.book.runs.filter((row) => row.incident_id === incident.id && fits(row));
  if (runs.length === 1) return runs[0]!;
  if (runs.length === 0) throw new Misread(none);
  throw wants("unit", "problem.which_unit", { several: runs.map((run) => run.callsign).join(", ") });
}

function statusFirst(word: StatusWord, reader: Reader): Command {
  if (word === "AV" && reader.peek() === "*") {
    reader.next();
    return everybody(reader);
  }
  const units: UnitRow[] = [];
  while (reader.peek() !== undefined && !reader.peek()!.startsWith("/")) {
    const token = reader.peek()!;
    const found = reader.name(token);
    if (found && "unit" in found) {
      reader.next();
      if (!units.includes(found.unit)) units.push(found.unit);
    } else if (word === "NS" && units.length > 0) break;
    else throw new Misread("problem.unknown_unit", { word: token }, true, "unit");
  }
  if (units.length === 0) throw wants("unit", "problem.wants_unit");
  return report(word, units, reader);
}

/** A callsign alone shows the unit; more callsigns and a status report it. */
function unitFirst(first: UnitRow, reader: Reader): Parsed {
  const units = [first];
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    const word = only(reader.book.first.read(token), token);
    const unit = word === null ? undefined : reader.book.units.get(word);
    if (unit) units.push(unit);
    else if (word !== null && isStatus(word)) {
      const command = report(word, [...new Set(units)], reader);
      reader.end();
      return { verb: word, command };
    } else throw new Misread("problem.wants_status", { word: token }, true, "status");
  }
  if (units.length > 1) throw wants("status", "problem.wants_status_of", { several: units.map((unit) => unit.callsign).join(" ") });
  return { verb: null, command: { do: "show_unit", unit: first } };
}

/** AV *: whoever is off duty comes on. A vehicle that is out of service stays so. */
function everybody(reader: Reader): Command {
  const units = [...reader.book.units.values()].filter((unit) => unit.duty === "off_duty");
  if (units.length === 0) throw new Misread("problem.nobody_off");
  return { do: "duty", units, status: "on_duty", reason: "" };
}

function report(word: StatusWord, units: UnitRow[], reader: Reader): Command {
  if (word === "NS") return { do: "duty", units, status: "out_of_service", reason: reader.text("problem.wants_reason") };
  const resting = units.filter((unit) => unit.run_id === null);
  if (word === "AV" && resting.length === units.length) {
    // Of a list those who are there already are left out; the echo names the rest.
    const coming = units.filter((unit) => unit.duty !== "on_duty");
    if (coming.length === 0) throw new Misread("problem.on_duty", { callsign: units.map((unit) => unit.callsign).join(", ") });
    return { do: "duty", units: coming, status: "on_duty", reason: "" };
  }
  const milestone = MILESTONE_OF[word];
  const steps = units.map((unit) => {
    const run = reader.runOf(unit);
    if (!following(run).includes(milestone)) throw new Misread("problem.not_next", { callsign: unit.callsign, next: nextWords(run) });
    return { run, milestone };
  });
  return { do: "reach", steps };
}

/** What may follow, as the server says; the page's own list where an older row does not. */
function following(run: RunRow): string[] {
  return run.next && run.next.length > 0 ? run.next : nextMilestones(run.milestones);
}

/** The same in the words of the line: "EN, X". */
export function nextWords(run: RunRow): string {
  const next = following(run);
  const words: string[] = STATUSES.filter((word) => word !== "NS" && next.includes(MILESTONE_OF[word]));
  if (next.includes("stood_down")) words.push("X");
  return words.join(", ") || "—";
}
