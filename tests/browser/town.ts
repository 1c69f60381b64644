/** Acts in the town over the API, as crews, hospitals and other desks do. */
import { randomUUID } from "node:crypto";

export type Place = { lat: number; lon: number };
type Row = Record<string, any>;

export class Town {
  private constructor(readonly url: string, private token: string, readonly city: Row) {}

  static async open(url: string, user = "supervisor"): Promise<Town> {
    const answer = await fetch(`${url}/api/v1/login`, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username: user, password: "demo" }),
    });
    const { token } = (await answer.json()) as { token: string };
    const town = new Town(url, token, {});
    Object.assign(town.city, await town.ask("GET", "/city"));
    return town;
  }

  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = answer.status === 204 ? null : await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`);
    return told;
  }

  get centre(): Place {
    return this.city.centre as Place;
  }

  /** Puts the first vans on duty, each at its station, with a fresh position. */
  async crewUp(count: number): Promise<string[]> {
    const units = ((await this.ask("GET", "/units")) as Row[]).filter((unit) => unit.kind === "van").slice(0, count);
    const stations = new Map((this.city.stations as Row[]).map((station) => [station.id, station.position as Place]));
    for (const unit of units) {
      if (unit.duty !== "on_duty") await this.ask("POST", `/units/${unit.callsign}/duty`, { status: "on_duty" });
    }
    await this.ask("POST", "/pings", units.map((unit) => ({
      callsign: unit.callsign, at: new Date().toISOString(), ...stations.get(unit.station_id)!,
    })));
    return units.map((unit) => unit.callsign as string);
  }

  async incident(complaint: string, priority = "P1"): Promise<{ id: string; number: number }> {
    const call_id = randomUUID();
    const position = this.centre;
    await this.ask("POST", "/calls", { id: call_id, phone: "0900 000 001", complaint, position });
    const id = randomUUID();
    const { number } = await this.ask("POST", "/incidents", { id, call_id, position, priority });
    return { id, number };
  }

  /** Brings what is under way to its end, of one unit or of all. */
  async endRuns(callsign?: string): Promise<void> {
    for (const run of (await this.ask("GET", "/runs")) as Row[]) {
      if (run.milestones.clear || run.milestones.stood_down || run.milestones.declined) continue;
      if (callsign !== undefined && run.callsign !== callsign) continue;
      const rest: Record<string, string[]> = {
        transporting: ["at_hospital", "handed_over", "clear"], at_hospital: ["handed_over", "clear"],
        handed_over: ["clear"], patient_contact: ["clear"],
      };
      for (const milestone of rest[run.status as string] ?? ["stood_down"]) {
        await this.ask("POST", `/runs/${run.id}/milestones`, { milestone, at: new Date().toISOString() });
      }
      if (callsign !== undefined) await this.ask("POST", `/incidents/${run.incident_id}/close`, { reason: "test over" });
    }
  }

  /** Ends whatever is open, so that each test begins with a quiet night. */
  async quiet(): Promise<void> {
    await this.endRuns();
    for (const incident of (await this.ask("GET", "/incidents")) as Row[]) {
      if (incident.status !== "closed") await this.ask("POST", `/incidents/${incident.id}/close`, { reason: "test over" });
    }
    for (const call of (await this.ask("GET", "/calls")) as Row[]) {
      if (call.status === "open" || call.status === "triaged") await this.ask("POST", `/calls/${call.id}/close`, { reason: "test over" });
    }
  }
}
