/** What a line can mean. Everything is resolved to rows by now; nothing has been sent. */
import type { HospitalRow, IncidentRow, Milestone, Priority, RunRow, UnitRow } from "../wire/rows";

/** A reason: the n-th of the city's list, own words, or both. */
export type Given = { place: number | null; words: string };
/** Whom to send: a place in the ranking, or a callsign. */
export type Wanted = { rank: number } | { callsign: string };

export type Command =
  | { do: "new_call"; address: string }
  | { do: "advise"; incident: IncidentRow }
  | { do: "send"; incident: IncidentRow; wanted: Wanted[]; hospital: HospitalRow | null; reason: Given | null }
  | { do: "send_plan"; incident: IncidentRow; hospital: HospitalRow | null }
  | { do: "reach"; steps: { run: RunRow; milestone: Milestone }[] }
  | { do: "duty"; units: UnitRow[]; status: "on_duty" | "out_of_service"; reason: string }
  | { do: "stand_down"; runs: RunRow[]; reason: string }
  | { do: "priority"; incident: IncidentRow; priority: Priority; reason: string }
  | { do: "level"; incident: IncidentRow; level: number; reason: string }
  | { do: "danger"; incident: IncidentRow; words: string | null }
  | { do: "close"; incident: IncidentRow; reason: string }
  | { do: "destination"; run: RunRow; hospital: HospitalRow; depart: boolean }
  | { do: "beds"; hospital: HospitalRow; kind: string; free: number }
  | { do: "note"; incident: IncidentRow; words: string }
  | { do: "message"; unit: UnitRow; words: string }
  | { do: "merge"; incident: IncidentRow; into: IncidentRow }
  | { do: "unmerge"; incident: IncidentRow }
  | { do: "correct"; run: RunRow; milestone: Milestone; clock: string; reason: string }
  | { do: "confirm_place"; incident: IncidentRow }
  | { do: "answer_prompt"; run: RunRow; yes: boolean }
  | { do: "veto"; incident: IncidentRow }
  | { do: "record"; incident: IncidentRow }
  | { do: "go_to"; incident: IncidentRow }
  | { do: "go_to"; unit: UnitRow }
  | { do: "go_to"; hospital: HospitalRow }
  | { do: "show_unit"; unit: UnitRow }
  | { do: "take_alarm" }
  | { do: "undo"; run: RunRow }
  | { do: "help" };
