/** A spread of casualties that a hand may still change before it is accepted. */
import { bedKinds } from "../boards/bedKinds";
import type { HospitalRow } from "../wire/rows";
import type { Load, Sent } from "../wire/care";
import { nobody, type Colour, type Counts } from "./colours";

/** Where one patient goes; `hospital_id` null leaves this one out for now. */
export type Choice = { patient_id: string; tag: string; category: Colour | null; hospital_id: string | null; bed_kind: string | null };

export function proposed(sent: Sent[], unplaced: { id: string; tag: string }[], colourOf: (id: string) => Colour | null): Choice[] {
  return [
    ...sent.map(({ patient_id, tag, hospital_id, bed_kind }) => ({ patient_id, tag, category: colourOf(patient_id), hospital_id, bed_kind })),
    ...unplaced.map(({ id, tag }) => ({ patient_id: id, tag, category: colourOf(id), hospital_id: null, bed_kind: null })),
  ];
}

/** The same kind of bed as before where one is free there, else the first of its kinds with a free one; null where all are full. */
export function usualKind(hospital: HospitalRow | undefined, before: string | null): string | null {
  const free = (kind: string) => (hospital?.beds[kind]?.free ?? 0) > 0;
  if (before !== null && free(before)) return before;
  return (hospital && bedKinds(hospital).find(free)) ?? null;
}

export type Share = {
  /** Of this choice, by colour, and by kind of bed. */
  gets: number; colours: Counts; kinds: Record<string, number>;
  /** More than its share of the incident; more of a kind than are free. */
  overCap: boolean; overBeds: string[];
};

export function shareOf(load: Pick<Load, "hospital_id" | "bound" | "cap">, choices: Choice[], free: Record<string, number>): Share {
  const colours = nobody();
  const kinds: Record<string, number> = {};
  const here = choices.filter((one) => one.hospital_id === load.hospital_id);
  for (const one of here) {
    colours[one.category ?? "unsorted"] += 1;
    if (one.bed_kind) kinds[one.bed_kind] = (kinds[one.bed_kind] ?? 0) + 1;
  }
  return {
    gets: here.length, colours, kinds, overCap: load.bound + here.length > load.cap,
    overBeds: Object.keys(kinds).filter((kind) => kinds[kind]! > (free[kind] ?? 0)),
  };
}

/** What is sent when the spread is accepted. */
export function bound(choices: Choice[]) {
  return choices.flatMap(({ patient_id, hospital_id, bed_kind }) =>
    hospital_id !== null && bed_kind !== null ? [{ patient_id, hospital_id, bed_kind }] : []);
}
