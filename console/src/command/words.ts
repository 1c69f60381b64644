/** The fixed words of the command line. All stay as typed under Telex and VNI; a test holds them to it. */
import type { Milestone } from "../wire/rows";

export const VERBS = [
  "N", "D", "X", "P", "C", "T", "H", "NT", "L", "G", "K", "U", "AL", "DG", "PL", "OK", "NO", "V", "MG", "UM", "TM", "M", "?",
] as const;
export type Verb = (typeof VERBS)[number];

/** What a crew reports over the radio; NS and the other half of AV are about duty, not about a run. */
export const STATUSES = ["DP", "EN", "SC", "PC", "TR", "HP", "HO", "AV", "DC", "NS"] as const;
export type StatusWord = (typeof STATUSES)[number];

export const MILESTONE_OF: Record<Exclude<StatusWord, "NS">, Milestone> = {
  DP: "accepted", EN: "en_route", SC: "on_scene", PC: "patient_contact", TR: "transporting",
  HP: "at_hospital", HO: "handed_over", AV: "clear", DC: "declined",
};

/** Kinds of bed as the strip of hospitals writes them, in Vietnamese and in English. */
export const BEDS: Record<string, string> = {
  CC: "EmergencyDepartment", ED: "EmergencyDepartment", HS: "AdultICU", ICU: "AdultICU", HSN: "PediatricICU", PICU: "PediatricICU",
  SS: "NeonatalICU", NICU: "NeonatalICU", PM: "OperatingRooms", OR: "OperatingRooms", NN: "MedicalSurgical", MS: "MedicalSurgical",
  NHI: "Pediatrics", PED: "Pediatrics", BG: "Burn", CL: "OtherIsolation", PHCN: "RehabLongTermCare",
};

export function isVerb(word: string): word is Verb {
  return (VERBS as readonly string[]).includes(word);
}

export function isStatus(word: string): word is StatusWord {
  return (STATUSES as readonly string[]).includes(word);
}
