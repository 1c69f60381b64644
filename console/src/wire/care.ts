/** Orders about patients with tags, their spread over hospitals, and transfers between hospitals. */
import type { components } from "./schema";
import { body, client, under } from "./send";

type Schemas = components["schemas"];
type Sex = Schemas["NewPatientBody"]["sex"];
type AgeBand = Schemas["NewPatientBody"]["age_band"];

export type NewPatient = Partial<Schemas["NewPatientBody"]> & { sex?: Sex; age_band?: AgeBand };
export type Found = Schemas["PatientTriage"];
export type Spread = Schemas["SpreadProposed"];
export type Sent = Schemas["SentRow"];
export type Load = Schemas["LoadRow"];
export type PatientEnd = Schemas["PatientOutcome"]["outcome"];
export type NewTransfer = Omit<Schemas["NewTransfer"], "packet"> & { packet: Partial<Schemas["TransferPacket"]> };
export type TransferMode = Schemas["TransferModeRow"];

const ofIncident = (incident_id: string) => ({ params: { path: { incident_id } } });
const ofPatient = (patient_id: string) => ({ params: { path: { patient_id } } });
const ofTransfer = (transfer_id: string) => ({ params: { path: { transfer_id } } });

/** `id` stands for the whole list: sent twice, nobody is entered twice. */
export const enterPatients = (incident_id: string, id: string, patients: NewPatient[]) =>
  body(client.POST("/api/v1/incidents/{incident_id}/patients", { ...ofIncident(incident_id), body: { id, patients }, ...under(id) }));
export const sortPatient = (patient_id: string, found: Found) =>
  body(client.PUT("/api/v1/patients/{patient_id}/triage", { ...ofPatient(patient_id), body: found }));
export const sendPatient = (patient_id: string, hospital_id: string | null, bed_kind: string | null) =>
  body(client.PUT("/api/v1/patients/{patient_id}/destination", { ...ofPatient(patient_id), body: { hospital_id, bed_kind } }));
export const loadPatient = (patient_id: string, run_id: string | null) =>
  body(client.PUT("/api/v1/patients/{patient_id}/run", { ...ofPatient(patient_id), body: { run_id } }));
export const endPatient = (patient_id: string, outcome: PatientEnd) =>
  body(client.PUT("/api/v1/patients/{patient_id}/outcome", { ...ofPatient(patient_id), body: { outcome } }));

export const proposeSpread = (incident_id: string) =>
  body(client.GET("/api/v1/incidents/{incident_id}/distribution", ofIncident(incident_id)));
export const acceptSpread = (incident_id: string, id: string, sent: Schemas["BoundBody"][]) =>
  body(client.POST("/api/v1/incidents/{incident_id}/distribution", { ...ofIncident(incident_id), body: { id, sent }, ...under(id) }));

export const requestTransfer = (transfer: NewTransfer & { id: string }) =>
  body(client.POST("/api/v1/transfers", { body: transfer, ...under(transfer.id) }));
export const decideTransfer = (transfer_id: string, approved: boolean, reason?: string) =>
  body(client.POST("/api/v1/transfers/{transfer_id}/decision", { ...ofTransfer(transfer_id), body: { approved, reason } }));
export const cancelTransfer = (transfer_id: string, reason: string) =>
  body(client.POST("/api/v1/transfers/{transfer_id}/cancel", { ...ofTransfer(transfer_id), body: { reason } }));
export const transferMode = () => body(client.GET("/api/v1/transfer-mode"));
export const switchTransferMode = (mode: TransferMode["mode"], reason: string) =>
  body(client.PUT("/api/v1/transfer-mode", { body: { mode, reason } }));
