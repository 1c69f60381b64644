/** Which transfers are open, in what order, and who may say what about them. The server decides; this spares buttons it would refuse. */
import { atDesk } from "../shell/session";
import type { Me } from "../wire/answers";
import type { TransferMode } from "../wire/care";
import type { IncidentRow, TransferRow } from "../wire/rows";

/** A hospital does not see the incident a transfer became; it stays on its board for so long, s. */
const BEGUN_SHOWN_S = 6 * 3600;

export function isSettled(row: TransferRow, incident: IncidentRow | undefined, now: number): boolean {
  if (row.state === "rejected" || row.state === "cancelled") return true;
  if (row.state !== "begun") return false;
  return incident ? incident.closed_at !== null : now - Date.parse(row.begun_at!) / 1000 > BEGUN_SHOWN_S;
}

const STATES: TransferRow["state"][] = ["requested", "approved", "begun", "rejected", "cancelled"];

/** Those that wait for a word first, then by priority, then who asked first. */
export function inOrder(rows: TransferRow[]): TransferRow[] {
  return [...rows].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state)
    || a.priority.localeCompare(b.priority) || a.requested_at.localeCompare(b.requested_at));
}

/** In peacetime the receiving hospital, or the desk for it as on the telephone; in wartime the supervisor. */
export function mayDecide(me: Me | null, row: TransferRow, mode: TransferMode["mode"]): boolean {
  if (!me || row.state !== "requested") return false;
  if (mode === "wartime") return me.role === "supervisor" || me.role === "admin";
  return atDesk(me) || (me.role === "hospital" && me.hospital_id === row.to_hospital_id);
}

export function mayCancel(me: Me | null, row: TransferRow): boolean {
  if (!me || (row.state !== "requested" && row.state !== "approved")) return false;
  return atDesk(me) || (me.role === "hospital" && me.hospital_id === row.from_hospital_id);
}
