/** Every question the console asks and every order it gives, by name. Paths and bodies are checked by the compiler. */
import type { City, Recommendation } from "./answers";
import type { Milestone, Point, Priority, Snapshot } from "./rows";
import type { components } from "./schema";
import { body, client, under } from "./send";

type Schemas = components["schemas"];

export const login = (username: string, password: string, code?: string) =>
  body(client.POST("/api/v1/login", { body: { username, password, code } }));
/** Tried once and no longer: one that came late would take the next person's session away. Whether the server heard it. */
export const logoutOnce = () =>
  fetch("/api/v1/logout", { method: "POST", keepalive: true, signal: AbortSignal.timeout(5_000) }).then(({ ok }) => ok, () => false);
export const answers = () =>
  fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5_000) }).then(({ ok }) => ok, () => false);
/** A page of the server that ends the session at the other sign-in and comes back to our door. */
export const LEAVE_ELSEWHERE = "/api/v1/oidc/end";
export const me = () => body(client.GET("/api/v1/me"));
export const city = () => body(client.GET("/api/v1/city")) as Promise<City>;
// Pairs of numbers lose their length on the way through the client's types.
export const snapshot = () => body(client.GET("/api/v1/snapshot")) as Promise<unknown> as Promise<Snapshot>;
export const protocols = () => body(client.GET("/api/v1/protocols"));
export const recommendation = (incident_id: string) =>
  body(client.GET("/api/v1/incidents/{incident_id}/recommendation", { params: { path: { incident_id } } })) as
    Promise<unknown> as Promise<Recommendation>;
export const lookAhead = (incident_id: string) =>
  body(client.GET("/api/v1/incidents/{incident_id}/look-ahead", { params: { path: { incident_id } } }));
export const timeline = (incident_id: string) =>
  body(client.GET("/api/v1/incidents/{incident_id}/timeline", { params: { path: { incident_id } } }));

export const takeCall = (call: Schemas["NewCall"] & { id: string }) =>
  body(client.POST("/api/v1/calls", { body: call, ...under(call.id) }));
export const placeCall = (call_id: string, position: Point) =>
  body(client.PUT("/api/v1/calls/{call_id}/position", { params: { path: { call_id } }, body: { position } }));
export const triage = (call_id: string, said: Schemas["Answers"], signal?: AbortSignal) =>
  body(client.PUT("/api/v1/calls/{call_id}/triage", { params: { path: { call_id } }, body: said, signal }));
export const joinCall = (call_id: string, incident_id: string) =>
  body(client.POST("/api/v1/calls/{call_id}/join", { params: { path: { call_id } }, body: { incident_id } }));
export type Outcome = "advice_only" | "duplicate" | "nuisance" | "silent" | "no_emergency" | "referred";
export const closeCall = (call_id: string, outcome: Outcome) =>
  body(client.POST("/api/v1/calls/{call_id}/close", { params: { path: { call_id } }, body: { outcome } }));
export const raiseCall = (call_id: string) =>
  body(client.POST("/api/v1/calls/{call_id}/raise", { params: { path: { call_id } }, body: {} }));
export const referCall = (call_id: string) =>
  body(client.POST("/api/v1/calls/{call_id}/refer", { params: { path: { call_id } }, body: {} }));
export const instruct = (call_id: string, step: Schemas["NewInstruction"]) =>
  body(client.POST("/api/v1/calls/{call_id}/instructions", { params: { path: { call_id } }, body: step }));
export const places = (q: string) => body(client.GET("/api/v1/places", { params: { query: { q, limit: 6 } } }));
export const caller = (phone: string) => body(client.GET("/api/v1/callers/{phone}", { params: { path: { phone } } }));
export const placeHistory = ({ lat, lon }: Point) =>
  body(client.GET("/api/v1/places/history", { params: { query: { at: `${lat},${lon}` } } }));
export const calledBack = (callback_id: string, outcome: string) =>
  body(client.POST("/api/v1/callbacks/{callback_id}/done", { params: { path: { callback_id } }, body: { outcome } }));
export const takeAlarm = (alarm_id: string, key?: string) =>
  body(client.POST("/api/v1/crew-alarms/{alarm_id}/acknowledge", { params: { path: { alarm_id } }, ...under(key) }));
export const endAlarm = (alarm_id: string, outcome: string) =>
  body(client.POST("/api/v1/crew-alarms/{alarm_id}/close", { params: { path: { alarm_id } }, body: { outcome } }));

export const openIncident = (incident: Schemas["NewIncident"] & { id: string }) =>
  body(client.POST("/api/v1/incidents", { body: incident, ...under(incident.id) }));
export const setPriority = (incident_id: string, priority: Priority, reason: string, key?: string) =>
  body(client.PUT("/api/v1/incidents/{incident_id}/priority",
    { params: { path: { incident_id } }, body: { priority, reason }, ...under(key) }));
export const addNote = (incident_id: string, note_id: string, text: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/notes",
    { params: { path: { incident_id } }, body: { note_id, text }, ...under(note_id) }));
export const closeIncident = (incident_id: string, reason: string, key?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/close", { params: { path: { incident_id } }, body: { reason }, ...under(key) }));

export const sendUnit = (incident_id: string, run: Schemas["NewRun"]) =>
  body(client.POST("/api/v1/incidents/{incident_id}/runs",
    { params: { path: { incident_id } }, body: run, ...under(run.run_id) }));
export const sendResponse = (incident_id: string, response: Schemas["NewResponse"]) =>
  body(client.POST("/api/v1/incidents/{incident_id}/responses",
    { params: { path: { incident_id } }, body: response, ...under(response.response_id) }));
export const confirmPlace = (incident_id: string, key?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/place", { params: { path: { incident_id } }, body: { confirmed: true }, ...under(key) }));
export const confirmPrompt = (run_id: string, prompt_id: string, key?: string) =>
  body(client.POST("/api/v1/runs/{run_id}/prompt/confirm", { params: { path: { run_id } }, body: { prompt_id }, ...under(key) }));
export const dismissPrompt = (run_id: string, prompt_id: string, key?: string) =>
  body(client.POST("/api/v1/runs/{run_id}/prompt/dismiss", { params: { path: { run_id } }, body: { prompt_id }, ...under(key) }));
export const undo = (run_id: string, of: number, key?: string) =>
  body(client.POST("/api/v1/runs/{run_id}/undo", { params: { path: { run_id } }, body: { of }, ...under(key) }));
export const reach = (run_id: string, milestone: Milestone, at: string, key?: string) =>
  body(client.POST("/api/v1/runs/{run_id}/milestones", { params: { path: { run_id } }, body: { milestone, at }, ...under(key) }));

export type BedReport = Schemas["BedReport"]["beds"];
export const reportBeds = (hospital_id: string, at: string, beds: BedReport, key?: string) =>
  body(client.PUT("/api/v1/hospitals/{hospital_id}/beds", { params: { path: { hospital_id } }, body: { at, beds }, ...under(key) }));
export const divert = (hospital_id: string, reason: string, until: string) =>
  body(client.PUT("/api/v1/hospitals/{hospital_id}/diversion",
    { params: { path: { hospital_id } }, body: { reason, until, services: [] } }));

export const inbound = (hospital_id: string) =>
  body(client.GET("/api/v1/hospitals/{hospital_id}/inbound", { params: { path: { hospital_id } } }));
export const answerHospital = (run_id: string, answer: Schemas["AcceptanceBody"]) =>
  body(client.POST("/api/v1/runs/{run_id}/acceptance", { params: { path: { run_id } }, body: answer }));

export const closeStreet = (closure: Schemas["NewClosure"] & { id: string }) =>
  body(client.POST("/api/v1/traffic/closures", { body: closure, ...under(closure.id) }));
export const liftClosure = (closure_id: string, reason: string) =>
  body(client.DELETE("/api/v1/traffic/closures/{closure_id}", { params: { path: { closure_id }, query: { reason } } }));
export const liftSlowing = (slowing_id: string, reason: string) =>
  body(client.DELETE("/api/v1/traffic/slowings/{slowing_id}", { params: { path: { slowing_id }, query: { reason } } }));

export const slowStreet = (slowing: Schemas["NewSlowing"] & { id: string }) =>
  body(client.POST("/api/v1/traffic/slowings", { body: slowing, ...under(slowing.id) }));
export const route = (from: Point, to: Point, profile: string) =>
  body(client.GET("/api/v1/route", { params: { query: { from: `${from.lat},${from.lon}`, to: `${to.lat},${to.lon}`, profile } } }));
export const track = (callsign: string, after: string, until: string | null) =>
  body(client.GET("/api/v1/units/{callsign}/track", { params: { path: { callsign }, query: { after, ...(until ? { until } : {}) } } }));
export const cityPoints = () => body(client.GET("/api/v1/city/points"));

export const coverageCells = () => body(client.GET("/api/v1/coverage/cells"));
export const areas = () => body(client.GET("/api/v1/areas"));
export const coverage = () => body(client.GET("/api/v1/coverage/cells", { params: { query: { cells: false } } }));
export const moveUps = () => body(client.GET("/api/v1/move-ups"));
export const acceptMoveUp = (move_up_id: string) =>
  body(client.POST("/api/v1/move-ups/{move_up_id}/accept", { params: { path: { move_up_id } }, body: {} }));
export const declineMoveUp = (move_up_id: string, reason: string) =>
  body(client.POST("/api/v1/move-ups/{move_up_id}/decline", { params: { path: { move_up_id } }, body: { reason } }));

export const alarmLevels = (incident_id: string) =>
  body(client.GET("/api/v1/incidents/{incident_id}/alarm-levels", { params: { path: { incident_id } } }));
export const setAlarmLevel = (incident_id: string, level: number, reason: string, key?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/alarm-level",
    { params: { path: { incident_id } }, body: { level, reason }, ...under(key) }));
export const tellDanger = (incident_id: string, danger: string | null, key?: string) =>
  body(client.PUT("/api/v1/incidents/{incident_id}/danger", { params: { path: { incident_id } }, body: { danger }, ...under(key) }));
export const veto = (incident_id: string, key?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/auto-dispatch/veto", { params: { path: { incident_id } }, body: {}, ...under(key) }));
export const overrideCodes = () => body(client.GET("/api/v1/rules/override-codes"));
export const whyNot = (decision_id: string, callsign: string) =>
  body(client.GET("/api/v1/decisions/{decision_id}/why/{callsign}", { params: { path: { decision_id, callsign } } }));

export const clinicianQueue = () => body(client.GET("/api/v1/clinician/queue"));
export const claimCall = (call_id: string, take_over: boolean) =>
  body(client.POST("/api/v1/calls/{call_id}/claim", { params: { path: { call_id } }, body: { take_over } }));
export const releaseCall = (call_id: string) =>
  body(client.POST("/api/v1/calls/{call_id}/release", { params: { path: { call_id } } }));
export const safetyCall = (incident_id: string, safety: Schemas["NewSafetyCall"] & { id: string }) =>
  body(client.POST("/api/v1/incidents/{incident_id}/safety-call",
    { params: { path: { incident_id } }, body: safety, ...under(safety.id) }));
export const endCall = (call_id: string, outcome: string, reason?: string) =>
  body(client.POST("/api/v1/calls/{call_id}/close", { params: { path: { call_id } }, body: { outcome, reason } }));
export const endIncident = (incident_id: string, outcome: string, reason?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/close", { params: { path: { incident_id } }, body: { outcome, reason } }));
export const triageOf = (call_id: string) =>
  body(client.GET("/api/v1/calls/{call_id}/triage", { params: { path: { call_id } } }));
