/** Rows for tests: valid, and as dull as possible. */
import type { HospitalRow, IncidentRow, Snapshot, UnitRow } from "../src/wire/rows";

export const NOON = "2026-03-01T12:00:00+00:00";

export function aUnit(callsign: string, part: Partial<UnitRow> = {}): UnitRow {
  return {
    id: callsign, unit_id: callsign, callsign, kind: "van", capabilities: ["BLS"], station_id: "centre", duty: "on_duty",
    status: "AV", since: NOON, run_id: null, incident_id: null, incident_number: null, hospital_id: null, reason: null,
    shift: null, withdrawn: null, post: null, moves: 0, position: null, seq: 1, ...part,
  };
}

export function anIncident(number: number, part: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: `i${number}`, number, priority: "P2", determinant: null, position: { lat: 10.77, lon: 106.7 }, address: null,
    complaint: "chest pain", patients: 1, needs: { capabilities: [], bed_kind: null, speciality: null }, status: "waiting",
    opened_at: NOON, waiting_since: NOON, call_ids: [], caller_words: [], place: null, place_confirmed: true, merged_into: null, merged: [],
    outcome: null, alarm_level: 1, danger: null, auto_dispatch: null, timers: [], runs: [], closed_at: null, closed_reason: null, seq: 1, ...part,
  };
}

export function aBed(part: Partial<HospitalRow["beds"][string]> = {}): HospitalRow["beds"][string] {
  return { staffed: 30, occupied: 20, blocked: 2, held: 1, free: 7, reported_at: NOON, reported_by: "nurse", assumed: false, ...part };
}

export function aSnapshot(part: Partial<Snapshot> = {}): Snapshot {
  return { seq: 0, epoch: "first", now: NOON, units: [], incidents: [], hospitals: [], calls: [], runs: [], traffic: [],
    callbacks: [], crew_alarms: [], ...part };
}
