/** Every question the console asks and every order it gives, by name. */
import type {
  City, Me, OpenedIncident, Protocol, Recommendation, Stored, TakenCall, TimelineEntry, Triage,
} from "./answers";
import type { Milestone, Point, Priority, Snapshot } from "./rows";
import { send } from "./send";

const part = encodeURIComponent;

export const login = (username: string, password: string) => send<Me>("POST", "/login", { username, password });
export const logout = () => send<void>("POST", "/logout");
export const me = () => send<Me>("GET", "/me");
export const city = () => send<City>("GET", "/city");
export const snapshot = () => send<Snapshot>("GET", "/snapshot");
export const protocols = async (): Promise<Protocol[]> => {
  const told = await send<Protocol[] | { protocols: Protocol[] }>("GET", "/protocols");
  return Array.isArray(told) ? told : told.protocols;
};
export const recommendation = (incident: string) =>
  send<Recommendation>("GET", `/incidents/${part(incident)}/recommendation`);
export const timeline = async (incident: string): Promise<TimelineEntry[]> => {
  const told = await send<TimelineEntry[] | { entries: TimelineEntry[] }>("GET", `/incidents/${part(incident)}/timeline`);
  return Array.isArray(told) ? told : told.entries;
};

export type NewCall = {
  id: string; phone: string; caller_name?: string; position?: Point; address?: string; complaint: string;
};
export const takeCall = (call: NewCall) => send<TakenCall>("POST", "/calls", call, call.id);
export const placeCall = (id: string, position: Point, address?: string) =>
  send<Stored>("PUT", `/calls/${part(id)}/position`, { position, address });
export const triage = (id: string, protocol: string, answers: Record<string, string>) =>
  send<Triage>("PUT", `/calls/${part(id)}/triage`, { protocol, answers });
export const joinCall = (id: string, incident_id: string) =>
  send<Stored>("POST", `/calls/${part(id)}/join`, { incident_id });
export const closeCall = (id: string, reason: string) => send<Stored>("POST", `/calls/${part(id)}/close`, { reason });

export type NewIncident = {
  id: string; call_id: string; position: Point; priority?: Priority; determinant?: string; patients?: number;
};
export const openIncident = (incident: NewIncident) =>
  send<OpenedIncident>("POST", "/incidents", incident, incident.id);
export const setPriority = (id: string, priority: Priority, reason: string) =>
  send<Stored>("PUT", `/incidents/${part(id)}/priority`, { priority, reason });
export const addNote = (id: string, note_id: string, text: string) =>
  send<Stored>("POST", `/incidents/${part(id)}/notes`, { note_id, text }, note_id);
export const closeIncident = (id: string, reason: string) =>
  send<Stored>("POST", `/incidents/${part(id)}/close`, { reason });

export type NewRun = {
  run_id: string; unit_id: string; hospital_id?: string; bed_kind?: string; decision_id?: string; override_reason?: string;
};
export const sendUnit = (incident: string, run: NewRun) =>
  send<Stored>("POST", `/incidents/${part(incident)}/runs`, run, run.run_id);
export const reach = (run: string, milestone: Milestone, at: string) =>
  send<Stored>("POST", `/runs/${part(run)}/milestones`, { milestone, at });

export type BedReport = Record<string, { staffed: number; occupied: number }>;
export const reportBeds = (hospital: string, at: string, beds: BedReport) =>
  send<Stored>("PUT", `/hospitals/${part(hospital)}/beds`, { at, beds });
export const divert = (hospital: string, reason: string, until: string) =>
  send<Stored>("PUT", `/hospitals/${part(hospital)}/diversion`, { reason, until });
export const endDiversion = (hospital: string) => send<Stored>("DELETE", `/hospitals/${part(hospital)}/diversion`);
