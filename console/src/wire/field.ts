/** Orders about a vehicle as such: whether it is in service, words to its crew, and that it is not needed any more. */
import type { components } from "./schema";
import { body, client, under } from "./send";

type Duty = components["schemas"]["NewDuty"]["status"];

export const setDuty = (callsign: string, status: Duty, reason: string | undefined, at: string, key?: string) =>
  body(client.POST("/api/v1/units/{callsign}/duty", { params: { path: { callsign } }, body: { status, reason, at }, ...under(key) }));
/** One after the other, each under its own key: where one is refused, those before it are on duty and the rest are not. */
export async function comeOnDuty(units: { callsign: string; key?: string }[], at: string): Promise<{ seq: number }> {
  let seq = 0;
  for (const { callsign, key } of units) seq = (await setDuty(callsign, "on_duty", undefined, at, key)).seq ?? seq;
  return { seq };
}
/** `id` is the message's own: sent twice it is one. */
export const writeTo = (callsign: string, id: string, text: string) =>
  body(client.POST("/api/v1/units/{callsign}/messages", { params: { path: { callsign } }, body: { id, text }, ...under(id) }));
/** Told by radio, as its crew did not look. */
export const toldByRadio = (message_id: string) =>
  body(client.POST("/api/v1/messages/{message_id}/read", { params: { path: { message_id } }, body: {} }));
export const standDown = (run_id: string, at: string, reason: string | undefined, key?: string) =>
  body(client.POST("/api/v1/runs/{run_id}/milestones",
    { params: { path: { run_id } }, body: { milestone: "stood_down", at, reason }, ...under(key) }));
