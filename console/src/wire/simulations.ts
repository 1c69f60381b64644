/** Simulations of planners: asked for, watched, compared and replayed. Nothing of it is a fact. */
import type { Words } from "./rows";
import type { components } from "./schema";
import { body, client } from "./send";

type Schemas = components["schemas"];
export type NewSimulation = Required<Schemas["NewSimulation"]>;
export type RivalAsked = Required<Schemas["RivalAsked"]>;
// The description says "texts by name" where the server always sends both languages.
export type RivalSaid = { name: string; label: Words };
type ScenarioChoice = Omit<Schemas["ScenarioChoice"], "title" | "question" | "explains" | "courses"> & { title: Words; question: Words; explains: Words; courses: RivalSaid[] };
export type Choices = Omit<Schemas["SimulationChoices"], "scenarios"> & { scenarios: ScenarioChoice[] };
type Spoken<Said> = Omit<Said, "question" | "title" | "fault" | "rivals"> & { question: Words; title: Words | null; fault: Words | null; rivals: RivalSaid[] };
export type Simulation = Spoken<Schemas["Simulation"]>;
export type SimulationAnswer = Spoken<Schemas["SimulationAnswer"]>;
export type Results = Schemas["SimulationResults"];
export type UnderWay = Schemas["ReplayUnderWay"];
export type Difference = Schemas["SimulatedDifference"];
export type Pair = Schemas["SimulatedPair"];
export type Replay = Schemas["SimulationReplay"];
export type ReplayUnit = Schemas["ReplayUnit"];
export type ReplayIncident = Schemas["ReplayIncident"];
export type Leg = ReplayUnit["legs"][number];
export type LegStatus = Leg[2];
export type Source = Simulation["source"];

const at = (simulation_id: string) => ({ path: { simulation_id } });

export const choices = () => body(client.GET("/api/v1/simulations/choices")) as Promise<Choices>;
export const simulations = async () => (await body(client.GET("/api/v1/simulations"))).simulations as Simulation[];
export const simulation = (id: string) => body(client.GET("/api/v1/simulations/{simulation_id}", { params: at(id) })) as Promise<SimulationAnswer>;
/** The id is the order's own: sent twice it is one. */
export const start = (asked: NewSimulation) => body(client.POST("/api/v1/simulations", { body: asked })) as Promise<Simulation>;
export const stop = (id: string) => body(client.DELETE("/api/v1/simulations/{simulation_id}", { params: at(id) }));
/** With all of its files. */
export const forget = (id: string) => body(client.DELETE("/api/v1/simulations/{simulation_id}", { params: { ...at(id), query: { forget: true } } }));
export const replay = (id: string, rival: string, replication: number) =>
  // The library forgets that a leg has seven parts.
  body(client.GET("/api/v1/simulations/{simulation_id}/replay", { params: { ...at(id), query: { rival, replication } } })) as Promise<unknown> as Promise<Replay>;

/** What the browser itself opens or saves. */
export const fileOf = (id: string, what: "report" | "rows" | "bundle") => `/api/v1/simulations/${id}/${what}`;
