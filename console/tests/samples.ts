/** Rows for tests: valid, and as dull as possible. */
import type { HospitalRow, IncidentRow, PatientRow, Snapshot, TransferRow, UnitRow } from "../src/wire/rows";

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

export function aHospital(id: string, part: Partial<HospitalRow> = {}): HospitalRow {
  return {
    id, code: id.toUpperCase(), name: id, name_en: id, position: { lat: 10.77, lon: 106.7 }, specialities: [], diversion: null,
    hours: {}, services: {}, beds: {}, handovers: [], inbound: [], seq: 1, ...part,
  };
}

export function aPatient(tag: string, part: Partial<PatientRow> = {}): PatientRow {
  return {
    id: `p${tag}`, incident_id: "i1", incident_number: 1, tag, category: null, age_band: null, sex: null, triage: null,
    hospital_id: null, bed_kind: null, run_id: null, callsign: null, state: "at_scene", times: {}, entered_by: "dispatcher",
    outcome: null, ended_at: null, seq: 1, ...part,
  };
}

export function aTransfer(id: string, part: Partial<TransferRow> = {}): TransferRow {
  return {
    id, from_hospital_id: "east", to_hospital_id: "west", bed_kind: "AdultICU", priority: "P3", phone: "0900", packet: {},
    not_before: null, state: "requested", mode: null, voice: null, reason: null, requested_at: NOON, requested_by: "nurse",
    decided_at: null, decided_by: null, begun_at: null, incident_id: null, incident_number: null, seq: 1, ...part,
  };
}

export function aSnapshot(part: Partial<Snapshot> = {}): Snapshot {
  return { seq: 0, epoch: "first", now: NOON, units: [], incidents: [], hospitals: [], calls: [], runs: [], traffic: [],
    callbacks: [], crew_alarms: [], desk_alarms: [], messages: [], patients: [], transfers: [], ...part };
}
