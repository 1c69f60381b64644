/** Orders that put right what was taken down wrongly, and the proposal for all that wait at once. */
import type { Milestone, Point } from "./rows";
import type { components } from "./schema";
import { body, client, under } from "./send";

type Schemas = components["schemas"];
export type Batch = Schemas["BatchAnswer"];
export type Pair = Schemas["BatchPair"];

export const separateCall = (call_id: string) =>
  body(client.POST("/api/v1/calls/{call_id}/separate", { params: { path: { call_id } } }));
export const mergeIncident = (incident_id: string, into: string, key?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/merge", { params: { path: { incident_id } }, body: { into }, ...under(key) }));
export const unmergeIncident = (incident_id: string, key?: string) =>
  body(client.POST("/api/v1/incidents/{incident_id}/unmerge", { params: { path: { incident_id } }, ...under(key) }));
export const correctPlace = (incident_id: string, position: Point, address: string | undefined) =>
  body(client.POST("/api/v1/incidents/{incident_id}/place",
    { params: { path: { incident_id } }, body: { confirmed: true, position, address } }));

export const correctTime = (run_id: string, milestone: Milestone, at: string, reason: string, key?: string) =>
  body(client.POST("/api/v1/runs/{run_id}/corrections", { params: { path: { run_id } }, body: { milestone, at, reason }, ...under(key) }));
export const otherHospitals = (run_id: string) =>
  body(client.GET("/api/v1/runs/{run_id}/destinations", { params: { path: { run_id } } }));
export const redirectRun = (run_id: string, hospital_id: string, bed_kind: string | undefined, reason: string | undefined, key?: string) =>
  body(client.PUT("/api/v1/runs/{run_id}/destination",
    { params: { path: { run_id } }, body: { hospital_id, bed_kind, reason }, ...under(key) }));

/** Who should go where, for all that wait. Nothing is ordered by it. */
export const proposeBatch = () => body(client.POST("/api/v1/dispatch/batch", { body: { incident_ids: null } }));
