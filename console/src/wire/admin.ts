/** What an administrator asks and orders: people, sessions, devices, and the record of all of it. */
import type { components } from "./schema";
import { body, client } from "./send";

type Schemas = components["schemas"];
export type Person = Schemas["AccountRow"];
export type Role = Person["role"];
export type OpenSession = Schemas["SessionRow"];
export type SignInSetUp = Schemas["SignInSetUp"];
export type Deed = Schemas["ActRow"];
export type Device = Schemas["DeviceRow"];
export type DeviceMade = Schemas["DeviceMade"];
export type Bound = { role: Role; hospital_id: string | null; callsign: string | null };

const of = (username: string) => ({ params: { path: { username } } });

export const people = () => body(client.GET("/api/v1/accounts"));
export const addPerson = (said: Schemas["NewAccount"]) => body(client.POST("/api/v1/accounts", { body: said }));
export const changeRole = (username: string, said: Bound) =>
  body(client.PUT("/api/v1/accounts/{username}/role", { ...of(username), body: said }));
export const givePassword = (username: string, password: string) =>
  body(client.PUT("/api/v1/accounts/{username}/password", { ...of(username), body: { password } }));
export const stopPerson = (username: string, stopped: boolean) =>
  body(client.PUT("/api/v1/accounts/{username}/stopped", { ...of(username), body: { stopped } }));
export const resetCode = (username: string) => body(client.DELETE("/api/v1/accounts/{username}/second-factor", of(username)));
export const signOutEverywhere = (username: string) => body(client.DELETE("/api/v1/accounts/{username}/sessions", of(username)));
export const removePerson = (username: string) => body(client.DELETE("/api/v1/accounts/{username}", of(username)));

export const sessions = () => body(client.GET("/api/v1/sessions"));
export const endSession = (session_id: string) =>
  body(client.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }));
export const signInRules = () => body(client.GET("/api/v1/sign-in-rules"));
export const deeds = (before?: number) =>
  body(client.GET("/api/v1/account-acts", { params: { query: before === undefined ? {} : { before } } }));

export const devices = () => body(client.GET("/api/v1/devices"));
export const addDevice = (said: Schemas["NewDevice"]) => body(client.POST("/api/v1/devices", { body: said }));
export const removeDevice = (name: string) => body(client.DELETE("/api/v1/devices/{name}", { params: { path: { name } } }));
