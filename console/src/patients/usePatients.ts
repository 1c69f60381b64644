/** The patients of one incident, in the order of need. */
import { useMemo } from "react";

import { useRows } from "../live";
import type { PatientRow } from "../wire/rows";
import { inOrderOfNeed } from "./colours";

export function usePatients(incident: string): PatientRow[] {
  const all = useRows("patients");
  return useMemo(() => inOrderOfNeed(all.filter((row) => row.incident_id === incident)), [all, incident]);
}

/** Still to be brought somewhere, and nobody has said where. */
export function lacksPlace(row: PatientRow): boolean {
  return row.ended_at === null && row.hospital_id === null && row.category !== "black";
}
