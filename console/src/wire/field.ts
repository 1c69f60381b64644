/** Orders about a vehicle as such: whether it is in service, and that it is not needed any more. */
import type { components } from "./schema";
import { body, client } from "./send";

type Duty = components["schemas"]["NewDuty"]["status"];

export const setDuty = (callsign: string, status: Duty, reason: string | undefined, at: string) =>
  body(client.POST("/api/v1/units/{callsign}/duty", { params: { path: { callsign } }, body: { status, reason, at } }));
export const standDown = (run_id: string, at: string, reason: string | undefined) =>
  body(client.POST("/api/v1/runs/{run_id}/milestones",
    { params: { path: { run_id } }, body: { milestone: "stood_down", at, reason } }));
