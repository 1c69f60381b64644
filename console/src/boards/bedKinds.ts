import type { HospitalRow } from "../wire/rows";

const FIRST = ["EmergencyDepartment", "AdultICU", "PediatricICU", "NeonatalICU", "OperatingRooms", "MedicalSurgical"];

/** The kinds of bed a hospital keeps, those that decide where an ambulance goes first. */
export function bedKinds(row: HospitalRow): string[] {
  const kept = Object.keys(row.beds);
  return [...FIRST.filter((kind) => kept.includes(kind)), ...kept.filter((kind) => !FIRST.includes(kind))];
}
