/** What a hospital's page asks and orders. Paths and bodies are checked by the compiler. */
import type { BedReport } from "./api";
import type { components } from "./schema";
import { body, client, under } from "./send";

type Schemas = components["schemas"];
export type Handovers = Schemas["Handovers"];
export type StationBoard = Schemas["StationBoardRow"];
export type HospitalLinkRow = Schemas["HospitalLinkRow"];
export type HospitalLinkMade = Schemas["HospitalLinkMade"];
export type LinkBoard = Schemas["LinkBoard"];

const ofHospital = (hospital_id: string) => ({ params: { path: { hospital_id } } });
const ofUnit = (callsign: string) => ({ params: { path: { callsign } } });

// --- orders that may wait for the line: each under the key and with the time of its tap ---------------------

export const countBeds = (key: string, hospital_id: string, at: string, beds: BedReport) =>
  body(client.PUT("/api/v1/hospitals/{hospital_id}/beds", { ...ofHospital(hospital_id), body: { at, beds }, ...under(key) }));
export const divert = (key: string, hospital_id: string, said: Schemas["NewDiversion"]) =>
  body(client.PUT("/api/v1/hospitals/{hospital_id}/diversion", { ...ofHospital(hospital_id), body: said, ...under(key) }));
export const receiveAgain = (key: string, hospital_id: string, at: string) =>
  body(client.DELETE("/api/v1/hospitals/{hospital_id}/diversion",
    { params: { path: { hospital_id }, query: { at } }, ...under(key) }));

// --- orders that need the line ------------------------------------------------------------------------------

export const sayService = (hospital_id: string, service: string, open: boolean, until: string | null) =>
  body(client.PUT("/api/v1/hospitals/{hospital_id}/services", { ...ofHospital(hospital_id), body: { service, open, until } }));
export const keepHours = (hospital_id: string, hours: Record<string, string[]>) =>
  body(client.PUT("/api/v1/hospitals/{hospital_id}/hours", { ...ofHospital(hospital_id), body: { hours } }));
export const handovers = (hospital_id: string) =>
  body(client.GET("/api/v1/hospitals/{hospital_id}/handovers", ofHospital(hospital_id)));
export const stations = () => body(client.GET("/api/v1/stations"));
export const withdraw = (callsign: string, reason: string, until: string | null) =>
  body(client.POST("/api/v1/units/{callsign}/withdraw", { ...ofUnit(callsign), body: { reason, until } }));
export const giveBack = (callsign: string) => body(client.POST("/api/v1/units/{callsign}/return", ofUnit(callsign)));

// --- links --------------------------------------------------------------------------------------------------

export const links = () => body(client.GET("/api/v1/hospital-links"));
export const makeLink = (link: { id: string; hospital_id: string; label: string; days: number }) =>
  body(client.POST("/api/v1/hospital-links", { body: link, ...under(link.id) }));
export const endLink = (link_id: string) =>
  body(client.DELETE("/api/v1/hospital-links/{link_id}", { params: { path: { link_id } } }));

/** `secret` : what stands behind the # of a link. */
const by = (secret: string) => ({ headers: { "X-Vigil-Link": secret } });
export const linkBoard = (secret: string) => body(client.GET("/api/v1/link/board", by(secret)));
export const countByLink = (secret: string, key: string, at: string, beds: BedReport) =>
  body(client.PUT("/api/v1/link/beds",
    { body: { at, beds }, headers: { "X-Vigil-Link": secret, "Idempotency-Key": key } }));
