/** What a crew's phone asks and orders. Paths and bodies are checked by the compiler. */
import type { Milestone, Point } from "./rows";
import type { components } from "./schema";
import { body, client, under } from "./send";

type Schemas = components["schemas"];

export type Course = Schemas["RunCourse"];
export type Route = Schemas["RouteAnswer"];
export type Brief = Schemas["BriefOfRun"];
export type Destinations = Schemas["Destinations"];
export type Ping = Schemas["NewPing"];
export type PreAlert = Schemas["NewPreAlert"];
export type Duty = Schemas["NewDuty"]["status"];

const ofRun = (run_id: string) => ({ params: { path: { run_id } } });
const ofUnit = (callsign: string) => ({ params: { path: { callsign } } });

export const runCourse = () => body(client.GET("/api/v1/run-course"));
export const briefOf = (run_id: string) => body(client.GET("/api/v1/runs/{run_id}/brief", ofRun(run_id)));
export const destinations = (run_id: string) => body(client.GET("/api/v1/runs/{run_id}/destinations", ofRun(run_id)));
const spot = ({ lat, lon }: Point) => `${lat.toFixed(6)},${lon.toFixed(6)}`;
// Pairs of numbers lose their length on the way through the client's types.
export const route = (from: Point, to: Point, profile: string) =>
  body(client.GET("/api/v1/route", { params: { query: { from: spot(from), to: spot(to), profile } } })) as
    Promise<unknown> as Promise<Route>;
export const redirect = (run_id: string, hospital_id: string, bed_kind: string | null) =>
  body(client.PUT("/api/v1/runs/{run_id}/destination", { ...ofRun(run_id), body: { hospital_id, bed_kind } }));
export const patientsOf = (incident_id: string) =>
  body(client.GET("/api/v1/incidents/{incident_id}/patients", { params: { path: { incident_id } } }));
export const report = (pings: Ping[]) => body(client.POST("/api/v1/pings", { body: pings }));

// --- orders that may wait for the line: each under the key it was tapped with -------------------------------

export type Step = { milestone: Milestone; at: string; position: Point | null; reason?: string; outcome?: string };
export const reach = (key: string, run_id: string, step: Step) =>
  body(client.POST("/api/v1/runs/{run_id}/milestones", { ...ofRun(run_id), body: step, ...under(key) }));
export const sos = (key: string, callsign: string, alarm: Schemas["NewSos"]) =>
  body(client.POST("/api/v1/units/{callsign}/sos", { ...ofUnit(callsign), body: alarm, ...under(key) }));
export const allWell = (key: string, run_id: string, at: string) =>
  body(client.POST("/api/v1/runs/{run_id}/welfare", { ...ofRun(run_id), body: { ok: true, at }, ...under(key) }));
export const setDuty = (key: string, callsign: string, status: Duty, at: string) =>
  body(client.POST("/api/v1/units/{callsign}/duty", { ...ofUnit(callsign), body: { status, at }, ...under(key) }));
export const readMessage = (key: string, message_id: string, at: string) =>
  body(client.POST("/api/v1/messages/{message_id}/read", { params: { path: { message_id } }, body: { at }, ...under(key) }));
export const answerPost = (key: string, move_up_id: string, told: Schemas["CrewOfPost"]) =>
  body(client.POST("/api/v1/move-ups/{move_up_id}/crew", { params: { path: { move_up_id } }, body: told, ...under(key) }));
export const preAlert = (key: string, run_id: string, told: PreAlert, at: string) =>
  body(client.POST("/api/v1/runs/{run_id}/pre-alert", { ...ofRun(run_id), body: { ...told, at }, ...under(key) }));
export const answerPrompt = (key: string, run_id: string, prompt_id: string, yes: boolean) => {
  const said = { ...ofRun(run_id), body: { prompt_id }, ...under(key) };
  return body(yes ? client.POST("/api/v1/runs/{run_id}/prompt/confirm", said) : client.POST("/api/v1/runs/{run_id}/prompt/dismiss", said));
};
export const count = (key: string, incident_id: string, counts: Record<"red" | "yellow" | "green" | "black", number>, at: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/casualties",
    { params: { path: { incident_id } }, body: { id: key, ...counts, at }, ...under(key) }));
export const sort = (key: string, patient_id: string, found: Schemas["PatientTriage"]) =>
  body(client.PUT("/api/v1/patients/{patient_id}/triage", { params: { path: { patient_id } }, body: found, ...under(key) }));
export const load = (key: string, patient_id: string, run_id: string | null, at: string) =>
  body(client.PUT("/api/v1/patients/{patient_id}/run", { params: { path: { patient_id } }, body: { run_id, at }, ...under(key) }));
