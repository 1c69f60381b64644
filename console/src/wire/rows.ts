/** The rows the views hold and the frames the live feed sends. Times are ISO-8601 texts with an offset. */

export type Point = { lat: number; lon: number };
export type Words = { vi: string; en: string };
export type UnitStatus = "AV" | "DP" | "EN" | "SC" | "TR" | "HP" | "NS";
export type Priority = "P1" | "P2" | "P3" | "P4";

export type UnitPosition = Point & {
  heading_deg: number | null;
  speed_mps: number | null;
  at: string;
  age_s: number;
  stale: boolean;
};

export type UnitRow = {
  id: string;
  unit_id: string;
  callsign: string;
  kind: string;
  capabilities: string[];
  station_id: string | null;
  duty: "on_duty" | "off_duty" | "out_of_service";
  status: UnitStatus;
  since: string;
  run_id: string | null;
  incident_id: string | null;
  incident_number: number | null;
  hospital_id: string | null;
  reason: string | null;
  position: UnitPosition | null;
  seq: number;
};

export type CallRow = {
  id: string;
  number: number;
  phone: string;
  caller_name: string | null;
  address: string | null;
  complaint: string;
  position: Point | null;
  status: "open" | "triaged" | "in_incident" | "closed";
  priority: Priority | null;
  determinant: string | null;
  incident_id: string | null;
  received_at: string;
  seq: number;
};

export type IncidentStatus =
  | "waiting" | "assigned" | "en_route" | "on_scene" | "transporting" | "at_hospital" | "done" | "closed";

export type IncidentRun = {
  run_id: string;
  callsign: string;
  status: string;
  hospital_id: string | null;
  assigned_at: string;
  eta_at: string | null;
};

export type IncidentRow = {
  id: string;
  number: number;
  priority: Priority;
  determinant: string | null;
  position: Point;
  address: string | null;
  complaint: string | null;
  patients: number;
  needs: { capabilities: string[]; bed_kind: string | null };
  status: IncidentStatus;
  opened_at: string;
  waiting_since: string | null;
  call_ids: string[];
  runs: IncidentRun[];
  closed_at: string | null;
  closed_reason: string | null;
  seq: number;
};

export type BedRow = {
  staffed: number;
  occupied: number;
  blocked: number;
  held: number;
  free: number;
  reported_at: string | null;
  reported_by: string | null;
};

export type Diversion = { reason: string; services: string[]; until: string; since: string };

export type Inbound = {
  run_id: string;
  callsign: string;
  incident_id: string;
  incident_number: number;
  bed_kind: string | null;
  hold_until: string | null;
};

export type HospitalRow = {
  id: string;
  code: string;
  name: string;
  name_en: string;
  position: Point;
  specialities: string[];
  diversion: Diversion | null;
  beds: Record<string, BedRow>;
  inbound: Inbound[];
  seq: number;
};

export type Milestone =
  | "accepted" | "declined" | "en_route" | "on_scene" | "patient_contact"
  | "transporting" | "at_hospital" | "handed_over" | "clear" | "stood_down";

export type RunRow = {
  id: string;
  incident_id: string;
  incident_number: number;
  callsign: string;
  unit_id: string;
  hospital_id: string | null;
  bed_kind: string | null;
  decision_id: string | null;
  override_reason: string | null;
  milestones: Record<string, string>;
  status: string;
  seq: number;
};

export type Tables = {
  units: UnitRow;
  incidents: IncidentRow;
  hospitals: HospitalRow;
  calls: CallRow;
  runs: RunRow;
};

export type Snapshot = { seq: number; epoch: string; now: string } & { [K in keyof Tables]: Tables[K][] };

/** callsign, lat, lon, heading in degrees, speed in m/s, time of the fix in seconds since 1970. */
export type Fix = [string, number, number, number | null, number | null, number];

export type Frame =
  | { type: "hello"; seq: number; epoch: string; now: string }
  | { type: "event"; seq: number; topic: string; at: string; recorded_at: string; actor: string | null; data: unknown }
  | { type: "rows"; seq: number; rows: { [K in keyof Tables]?: Tables[K][] } }
  | { type: "positions"; now: string; positions: Fix[] }
  | { type: "heartbeat"; seq: number; now: string };
