/** What the painter of the map is handed for one frame. */
import type { Track } from "../live/positions";
import type { City } from "../wire/answers";
import type { HospitalRow, IncidentRow, Point, TrafficRow, UnitRow } from "../wire/rows";
import type { CoverCell, CityPoint } from "./answers";
import type { Sketch } from "./drawing";
import type { Spot } from "./spot";
import type { Ink } from "./theme";

/** What is painted of the rows; those of a simulation have nothing else. */
export type PaintedUnit = { row: Pick<UnitRow, "id" | "callsign" | "status" | "incident_id">; place: Point; stale: boolean };
export type PaintedIncident = Pick<IncidentRow, "id" | "number" | "priority" | "position">;
export type PaintedHospital = Pick<HospitalRow, "id" | "code" | "diversion" | "position">;
export type PaintedStation = Pick<City["stations"][number], "id" | "name" | "position">;
export type UnitMark = PaintedUnit & { row: UnitRow; track: Track };

/** kind: driven, as its positions tell; ahead, by the road engine; direction, where no road is known (yet). */
export type Way = { kind: "driven" | "ahead" | "direction"; points: Point[]; colour: string; strong: boolean };

export type Scene = {
  units: PaintedUnit[];
  incidents: PaintedIncident[];
  hospitals: PaintedHospital[];
  stations: PaintedStation[];
  points: CityPoint[];
  cover: CoverCell[];
  traffic: TrafficRow[];
  ways: Way[];
  sketch: Sketch | null;
  pin: Point | null;
  selected: { incident: string | null; unit: string | null; hospital: string | null };
  zoom: number;
  project: (point: Point) => Spot;
  width: number;
  height: number;
  ratio: number;
  ink: Ink;
};

/** A name that wants to stand beside its mark. rank: the least goes first; must: even over another name. */
export type Wish = { text: string; x: number; y: number; rank: number; must: boolean };
