/** The rows the views hold, by their names in the API description, and the frames of the live feed. */
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Priority = "P1" | "P2" | "P3" | "P4";

export type Point = Schemas["Point"];
export type Words = Schemas["Words"];
export type UnitRow = Schemas["UnitRow"];
export type UnitStatus = UnitRow["status"];
export type BedRow = Schemas["BedRow"];
export type HospitalRow = Schemas["HospitalRow"];
export type RunRow = Schemas["RunRow"];
export type TrafficRow = Schemas["TrafficRow"];
export type CallbackRow = Schemas["CallbackRow"];
export type CrewAlarmRow = Schemas["CrewAlarmRow"];
export type DeskAlarmRow = Schemas["DeskAlarmRow"];
export type MessageRow = Schemas["MessageRow"];
export type PatientRow = Schemas["PatientRow"];
export type TransferRow = Schemas["TransferRow"];
// The description says "text" where the server only ever sends one of four.
export type CallRow = Omit<Schemas["CallRow"], "priority"> & { priority: Priority | null };
export type IncidentRow = Omit<Schemas["IncidentRow"], "priority"> & { priority: Priority };

export type Milestone =
  | "accepted" | "declined" | "en_route" | "on_scene" | "patient_contact"
  | "transporting" | "at_hospital" | "handed_over" | "clear" | "stood_down";

export type Tables = {
  units: UnitRow;
  incidents: IncidentRow;
  hospitals: HospitalRow;
  calls: CallRow;
  runs: RunRow;
  traffic: TrafficRow;
  callbacks: CallbackRow;
  crew_alarms: CrewAlarmRow;
  desk_alarms: DeskAlarmRow;
  messages: MessageRow;
  patients: PatientRow;
  transfers: TransferRow;
};

/** What stands above everything until it is over, such as a road engine that does not answer. */
export type Alarm = { code: string; text: Words; since: string };

export type Snapshot = { seq: number; epoch: string; now: string } & { [K in keyof Tables]: Tables[K][] };

/** callsign, lat, lon, heading in degrees, speed in m/s, time of the fix in seconds since 1970. */
export type Fix = [string, number, number, number | null, number | null, number];

/** The socket is outside the API description; these are the frames it sends. */
export type Frame =
  | { type: "hello"; seq: number; epoch: string; now: string; resync?: boolean; build?: string | null }
  | {
      type: "event"; prev: number; seq: number; topic: string; at: string; recorded_at: string; actor: string;
      data: unknown;
    }
  | { type: "rows"; seq: number; rows: { [K in keyof Tables]?: Tables[K][] } }
  | { type: "traffic"; seq: number; traffic_version: string; cause: "order" | "time" | "now" }
  | { type: "alarms"; alarms: Alarm[] }
  | { type: "positions"; now: string; positions: Fix[] }
  | { type: "heartbeat"; seq: number; now: string };
