/** What a desk does about an alarm. */
import { body, client, under } from "../wire/send";

const of = (alarm_id: string) => ({ params: { path: { alarm_id } } });

export const takeDeskAlarm = (alarm_id: string, key?: string) =>
  body(client.POST("/api/v1/desk-alarms/{alarm_id}/acknowledge", { ...of(alarm_id), ...under(key) }));
export const shelve = (alarm_id: string, until: string, reason: string) =>
  body(client.PUT("/api/v1/desk-alarms/{alarm_id}/shelf", { ...of(alarm_id), body: { until, reason } }));
export const unshelve = (alarm_id: string) => body(client.DELETE("/api/v1/desk-alarms/{alarm_id}/shelf", of(alarm_id)));
