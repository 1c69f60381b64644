/** All that stands, the most urgent first: crews in distress, who waits and nobody comes, what else the desk must answer, what fails. */
import type { Alarm, CrewAlarmRow, DeskAlarmRow } from "../wire/rows";

export type Standing = {
  key: string;
  /** Smaller is more urgent. */
  rank: number;
  level: "red" | "amber";
  /** Nobody has taken it up yet. */
  sounding: boolean;
  since: string;
  escalatedAt: string | null;
  crew?: CrewAlarmRow;
  desk?: DeskAlarmRow;
  /** In words already, where a part of the service fails. */
  line?: Alarm;
};

/** Lines that only repeat what rows say better. */
const SAID_BY_ROWS = ["sos", "welfare", "offers"];
/** Nobody is on the way: that stands above whatever fails, whoever was told of it. */
const SOMEBODY_WAITS: DeskAlarmRow["kind"][] = ["waiting", "untaken"];
/** While the log cannot be written nobody can take anything up; it comes right after crews in distress. */
const NOTHING_STORED = "store";

export function ranked(crews: CrewAlarmRow[], desks: DeskAlarmRow[], lines: Alarm[]): Standing[] {
  const open = desks.filter((row) => row.status === "sounding" || row.status === "acknowledged");
  const stored = new Map(desks.filter((row) => row.kind === "service" && row.status !== "ended").map((row) => [row.subject, row]));
  const all = [
    ...crews.filter((row) => row.status !== "closed").map(ofCrew),
    ...open.map((row) => ofDesk(row, lines.find((line) => row.kind === "service" && line.code === row.subject))),
    ...lines.filter((line) => !SAID_BY_ROWS.includes(line.code) && !stored.has(line.code)).map(ofLine),
  ];
  return all.sort((a, b) => a.rank - b.rank || Number(b.escalatedAt !== null) - Number(a.escalatedAt !== null)
    || a.since.localeCompare(b.since) || a.key.localeCompare(b.key));
}

function ofCrew(row: CrewAlarmRow): Standing {
  const sounding = row.status === "sounding";
  return { key: `crew:${row.id}`, rank: sounding ? 0 : 5, level: "red", sounding, since: row.since, escalatedAt: row.escalated_at ?? null, crew: row };
}

function ofDesk(row: DeskAlarmRow, line: Alarm | undefined): Standing {
  const sounding = row.status === "sounding";
  const rank = !sounding ? 7 : row.level !== "red" ? 4 : SOMEBODY_WAITS.includes(row.kind) ? 2 : 3;
  return { key: `desk:${row.id}`, rank, level: row.level, sounding, since: row.since, escalatedAt: row.escalated_at, desk: row, ...(line ? { line } : {}) };
}

function ofLine(line: Alarm): Standing {
  const worst = line.code === NOTHING_STORED;
  return { key: `line:${line.code}`, rank: worst ? 1 : 6, level: worst ? "red" : "amber", sounding: worst, since: line.since, escalatedAt: null, line };
}

/** The same in the order in which they were shown, newcomers behind: nothing moves under a hand. */
export function held(now: Standing[], before: string[]): Standing[] {
  const place = new Map(before.map((key, index) => [key, index]));
  const last = before.length;
  return [...now].sort((a, b) => (place.get(a.key) ?? last) - (place.get(b.key) ?? last));
}
