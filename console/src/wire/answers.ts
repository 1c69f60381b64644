/** What the server answers to questions that are not rows of a view. */
import type { Priority } from "./rows";
import type { components } from "./schema";

type Schemas = components["schemas"];

type Limits = { amber_s: number; red_s: number };

/** The city's time limits; the description leaves them open, the city file and `domain` fix them. */
export type Targets = {
  response_s: Record<Priority, number>;
  queue: Record<Priority, Limits>;
  acknowledge: Limits;
  on_scene: Limits;
  handover: Limits;
  bed_age: Limits;
  unit_position: Limits;
};

export type City = Omit<Schemas["CityRow"], "targets"> & { targets: Targets };
export type Me = Schemas["Me"];
export type Nearby = Schemas["Nearby"];
export type Protocol = Schemas["ProtocolRow"];
export type Triaged = Schemas["Triaged"];
export type Recommendation = Schemas["Recommendation"];
export type LookAhead = Schemas["LookAheadAnswer"];
export type UnitOutlook = Schemas["UnitOutlook"];
export type PlanSlot = Schemas["PlanSlotRow"];
export type Swap = Schemas["SwapRow"];
export type RankedUnit = Schemas["RankedUnitRow"];
export type RankedHospital = Schemas["RankedHospitalRow"];
export type Expected = Schemas["ExpectedRow"];
export type PlaceFound = Schemas["PlaceFound"];
export type CallerCard = Schemas["CallerCard"];
export type PlaceHistory = Schemas["PlaceHistory"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type MoveUp = Schemas["MoveUpRow"];
export type AlarmLevels = Schemas["AlarmLevels"];
export type OverrideCode = Schemas["OverrideCode"];
export type Why = Schemas["Why"];
export type WaitingRow = Schemas["WaitingRow"];
export type TriageOfCall = Schemas["TriageOfCall"];
