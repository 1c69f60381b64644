/** What the server answers to questions that are not rows of a view. */
import type { IncidentRow, Point, Priority, Words } from "./rows";

export type Me = { username: string; role: string; hospital_id: string | null; callsign: string | null };

export type Targets = {
  response_s: Record<Priority, number>;
  queue_amber_s: Record<Priority, number>;
  queue_red_s: Record<Priority, number>;
  unit_position_amber_s: number;
  unit_position_stale_s: number;
  bed_age_amber_s: number;
  bed_age_red_s: number;
};

export type City = {
  id: string;
  name: Words;
  emergency_number: string;
  timezone: string;
  languages: string[];
  centre: Point;
  map: {
    name: string;
    version: string;
    kind: "extract" | "drawn";
    bounds: [number, number, number, number];
    attribution: string;
    basemap_url: string | null;
  };
  demo: boolean;
  targets: Targets;
  bed_kinds: ({ kind: string } & Words)[];
  stations: { id: string; name: string; lat: number; lon: number }[];
};

export type Question = { id: string; text: Words; answers: { value: string; text: Words }[] };
export type Protocol = { id: string; version: string; title: Words; questions: Question[] };

export type Stored = { seq: number };
export type Nearby = Partial<IncidentRow> & { id: string; number: number; distance_m?: number; age_s?: number };
export type TakenCall = Stored & { id: string; number?: number; nearby: Nearby[] };
export type Triage = Stored & { determinant: string; priority: Priority; instructions: Words[] };
export type OpenedIncident = Stored & { id: string; number?: number };

export type RankedUnit = {
  unit_id: string;
  callsign: string;
  eta_s: number;
  distance_m: number;
  score: number;
  parts: Record<string, number>;
  reasons: (Words | string)[];
};
export type RankedHospital = {
  hospital_id: string;
  eta_s: number | null;
  bed_kind: string | null;
  free: number | null;
  parts?: Record<string, number>;
  reasons: (Words | string)[];
};
export type Recommendation = {
  decision_id: string;
  at?: string;
  units: RankedUnit[];
  rejected: { callsign: string; reason: string; reason_vi?: string }[];
  hospitals: RankedHospital[];
  map_version: string;
  traffic_version: string;
};

export type TimelineEntry = {
  seq: number;
  at: string;
  recorded_at: string;
  topic: string;
  actor: string | null;
  text: Words;
  data: unknown;
};
