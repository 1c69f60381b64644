/** What supervisors and planners ask: figures, choices against advice, policies; and how it stood at a past moment. */
import type { Priority, Snapshot } from "./rows";
import type { components } from "./schema";
import { body, client } from "./send";

type Schemas = components["schemas"];
export type Figures = Schemas["Figures"];
export type Overrides = Schemas["OverrideReport"];
export type PolicyName = NonNullable<Schemas["NewPolicy"]["P1"]>;
export type By = "priority" | "ward" | "hour";

/** `from` and `to` as dates of shift days, or moments with a zone; `to` is not included. */
export const figures = (by: By, from?: string, to?: string) =>
  // As JSON; the description also names the CSV of the same address.
  body(client.GET("/api/v1/figures", { params: { query: { by, ...(from ? { from } : {}), ...(to ? { to } : {}) } } })) as Promise<Figures>;
export const figuresCsv = (by: By, from: string, to: string) =>
  `/api/v1/figures?${new URLSearchParams({ by, from, to, format: "csv" })}`;
export const overrides = (from: string, to: string) =>
  body(client.GET("/api/v1/reports/overrides", { params: { query: { from, to } } }));
export const regret = () => body(client.GET("/api/v1/reports/regret"));
export const moveUpsAnswered = () => body(client.GET("/api/v1/reports/move-ups"));
export const policies = () => body(client.GET("/api/v1/policy"));
export const choosePolicies = (said: Partial<Record<Priority, PolicyName>>, reason: string) =>
  body(client.PUT("/api/v1/policy", { body: { ...said, reason } }));

/** All rows as they were known at that moment. */
export const pastSnapshot = (at: string, signal?: AbortSignal) =>
  body(client.GET("/api/v1/snapshot", { params: { query: { at } }, ...(signal ? { signal } : {}) })) as
    Promise<unknown> as Promise<Snapshot>;
