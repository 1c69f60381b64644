/** What a line is read against: the rows as they stand, and the words they know. */
import type { HospitalRow, IncidentRow, RunRow, UnitRow } from "../wire/rows";
import { Lexicon } from "./lexicon";
import { BEDS, STATUSES, VERBS } from "./words";

export type Book = {
  incidents: IncidentRow[];
  runs: RunRow[];
  units: Map<string, UnitRow>;
  hospitals: Map<string, HospitalRow>;
  /** What an order means that names no incident. */
  selected: IncidentRow | null;
  first: Lexicon;
  /** Callsigns and hospitals' codes: what may follow a verb. */
  names: Lexicon;
  beds: Lexicon;
};

type Rows = { incidents: IncidentRow[]; runs: RunRow[]; units: UnitRow[]; hospitals: HospitalRow[] };

const upper = (word: string) => word.toUpperCase();
const beds = new Lexicon(Object.keys(BEDS));
let known: { words: string; first: Lexicon; names: Lexicon } | null = null;

export function openBook(rows: Rows, selected: string | null): Book {
  const callsigns = rows.units.map((unit) => upper(unit.callsign));
  const codes = rows.hospitals.map((row) => upper(row.code));
  // The words change when a vehicle joins the fleet: they are not worked out again for every key.
  const words = `${callsigns.join()};${codes.join()}`;
  if (known?.words !== words) {
    known = { words, first: new Lexicon([...VERBS, ...STATUSES, ...callsigns]), names: new Lexicon([...callsigns, ...codes]) };
  }
  return {
    incidents: rows.incidents, runs: rows.runs, beds, first: known.first, names: known.names,
    units: new Map(rows.units.map((unit) => [upper(unit.callsign), unit])),
    hospitals: new Map(rows.hospitals.map((row) => [upper(row.code), row])),
    selected: rows.incidents.find((row) => row.id === selected) ?? null,
  };
}
