/** One line, read word by word against the book. What cannot be read with certainty is refused with the reason. */
import { isOpen } from "../queue/order";
import type { HospitalRow, IncidentRow, RunRow, UnitRow } from "../wire/rows";
import type { Book } from "./book";
import type { Reading } from "./lexicon";
import type { CommandKey } from "./texts";

export type Values = Record<string, string | number>;
/** What the next word may be, for the hints beneath the line. */
export type Expected = "verb" | "incident" | "send" | "reason" | "unit" | "hospital" | "bed" | "number" | "priority" | "text" | "status";

export class Misread extends Error {
  /** `open` : the line is not wrong, only not finished. */
  constructor(readonly key: CommandKey, readonly values: Values = {}, readonly open = false, readonly expects: Expected | null = null) {
    super(key);
  }
}

export const wants = (expects: Expected, key: CommandKey, values: Values = {}) => new Misread(key, values, true, expects);

type Token = { text: string; start: number };

/** An incident by its whole number (#7), or by at least two of its last digits. */
const INCIDENT = /^(#\d+|\d{2,})$/;

export class Reader {
  private tokens: Token[];
  private at = 0;
  /** Whether the incident is the chosen one: none was named. */
  private chosen = false;
  /** The incident the line is about, as far as it was read. */
  found: IncidentRow | null = null;

  constructor(readonly line: string, readonly book: Book) {
    this.tokens = [...line.normalize("NFC").matchAll(/[^\s,]+/g)].map((found) => ({ text: found[0], start: found.index }));
  }

  peek(): string | undefined {
    return this.tokens[this.at]?.text;
  }

  next(): string | undefined {
    return this.tokens[this.at++]?.text;
  }

  /** All that is left, as it was typed; a stroke before it says that here the text begins. */
  rest(): string {
    const start = this.tokens[this.at]?.start;
    this.at = this.tokens.length;
    return start === undefined ? "" : this.line.normalize("NFC").slice(start).replace(/^\//, "").trim();
  }

  /** Nothing may be left over: a word that is not understood is never passed over in silence. */
  end(): void {
    const left = this.peek();
    if (left !== undefined) throw new Misread("problem.left_over", { word: left });
  }

  namesIncident(): boolean {
    return INCIDENT.test(this.peek() ?? "");
  }

  /** The incident that is named next, or else the one that is chosen. `any` : also one that is closed. */
  incident(any = false): IncidentRow {
    if (!this.namesIncident()) {
      const { selected } = this.book;
      if (!selected) throw wants("incident", "problem.no_incident");
      if (!any && !isOpen(selected)) throw new Misread("problem.closed", { number: selected.number });
      this.chosen = true;
      return (this.found = selected);
    }
    const token = this.next()!;
    // A whole number is that incident, closed or not: nobody means another that ends alike.
    const exact = this.book.incidents.find((row) => String(row.number) === token.replace("#", ""));
    if (exact && !any && !isOpen(exact)) throw new Misread("problem.closed", { number: exact.number }, true, "incident");
    if (exact) return (this.found = exact);
    const rows = this.book.incidents.filter((row) => any || isOpen(row));
    const found = token.startsWith("#") ? [] : rows.filter((row) => String(row.number).endsWith(token));
    if (found.length === 1) return (this.found = found[0]!);
    if (found.length === 0) throw new Misread("problem.unknown_incident", { token }, true, "incident");
    const several = found.map((row) => `#${row.number}`).sort().join(", ");
    throw new Misread("problem.several", { word: token, several }, true, "incident");
  }

  /** Callsign or code, whichever it is; never one that may be both. */
  name(token: string): { unit: UnitRow } | { hospital: HospitalRow } | null {
    const word = only(this.book.names.read(token), token);
    if (word === null) return null;
    const [unit, hospital] = [this.book.units.get(word), this.book.hospitals.get(word)];
    if (unit && hospital) throw new Misread("problem.both", { word });
    return unit ? { unit } : hospital ? { hospital } : null;
  }

  unit(): UnitRow {
    const token = this.next();
    if (token === undefined) throw wants("unit", "problem.wants_unit");
    const found = this.name(token);
    if (!found || !("unit" in found)) throw new Misread("problem.unknown_unit", { word: token }, true, "unit");
    return found.unit;
  }

  hospital(): HospitalRow {
    const token = this.next();
    if (token === undefined) throw wants("hospital", "problem.wants_hospital");
    const found = this.name(token);
    if (!found || !("hospital" in found)) throw new Misread("problem.unknown_hospital", { word: token }, true, "hospital");
    return found.hospital;
  }

  number(most: number, wanted: CommandKey): number {
    const token = this.next();
    if (token === undefined) throw wants("number", wanted);
    if (!/^\d{1,4}$/.test(token) || Number(token) > most) throw new Misread(wanted, {}, false, "number");
    return Number(token);
  }

  /** With no incident named, one digit before a text may be meant as its number: `digit` is that one. */
  notAnIncident(digit: string | undefined): void {
    if (this.chosen && digit !== undefined && /^\d$/.test(digit)) throw new Misread("problem.one_digit", { digit }, true, "incident");
  }

  /** At least a word of text. `before` : the figure that was read before it, if any. */
  text(key: CommandKey, before?: string): string {
    const next = this.peek();
    if (next !== undefined && /^\d$/.test(next)) this.notAnIncident(before ?? next);
    const words = this.rest();
    if (words.length < 3) throw wants("text", key);
    return words;
  }

  /** The run a unit is on. */
  runOf(unit: UnitRow): RunRow {
    const run = this.book.runs.find((row) => row.id === unit.run_id);
    if (!run) throw new Misread("problem.no_run", { callsign: unit.callsign });
    return run;
  }
}

/** The word that was meant; refused where it may have been several. */
export function only(reading: Reading, token: string): string | null {
  if (reading === null) return null;
  if ("several" in reading) throw new Misread("problem.several", { word: token, several: reading.several.join(", ") });
  return reading.word;
}
