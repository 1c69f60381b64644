/** A flood of real orders, paced by the facts they leave in the log: runs from call to clear, counts of beds, duty, notes. */
import { randomUUID } from "node:crypto";

import type { Town } from "../town";

/** Orders under way at a time. */
const AT_ONCE = 8;
/** Facts of runs among all: a centre hears far more of duty and beds than of new emergencies. */
const SHARE_OF_RUNS = 0.2;
const STORIES = 12;
const PAUSE_MS = 10;

type Step = () => Promise<{ seq?: number }>;

export class Orders {
  facts = 0;
  given = 0;
  readonly refused: string[] = [];
  private stopped = false;
  private turn = 0;
  private counting = new Set<string>();
  private stories: Generator<Step, void>[];

  /** `standing` : incidents that wait all the while, for notes. `spare` : units that runs take, nobody else. */
  constructor(private town: Town, private standing: string[], private spare: string[], private others: string[], private beds: { id: string; staffed: number }[]) {
    this.stories = Array.from({ length: STORIES }, (_, place) => this.story(spare[place]!));
  }

  /** Orders until `stop`, so that the log grows by `pace` facts a second. */
  async flow(pace: number): Promise<void> {
    const began = Date.now();
    const first = ((await this.town.ask("GET", "/snapshot")) as { seq: number }).seq;
    this.facts = 0;
    const work = async (lane: number) => {
      while (!this.stopped) {
        if (this.facts >= ((Date.now() - began) / 1_000) * pace) {
          await new Promise((done) => setTimeout(done, PAUSE_MS));
          continue;
        }
        const { seq } = await this.give(Math.random() < SHARE_OF_RUNS ? this.next(lane) : this.other());
        if (seq) this.facts = Math.max(this.facts, seq - first);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => work(lane)));
  }

  stop(): void {
    this.stopped = true;
  }

  private async give(order: Step): Promise<{ seq?: number }> {
    this.given += 1;
    try {
      return (await order()) ?? {};
    } catch (fault) {
      this.refused.push((fault as Error).message);
      return {};
    }
  }

  /** Of its own stories: two orders of one story never overtake each other. */
  private next(lane: number): Step {
    const mine = this.stories.map((_, place) => place).filter((place) => place % AT_ONCE === lane);
    const place = mine[Math.floor(Math.random() * mine.length)]!;
    const step = this.stories[place]!.next();
    if (!step.done) return step.value;
    this.stories[place] = this.story(this.spare[place]!);
    return this.next(lane);
  }

  /** One count of a hospital at a time: of two at once the later would be refused, and rightly. */
  private async count(id: string, staffed: number, occupied: number): Promise<{ seq?: number }> {
    this.counting.add(id);
    try {
      return await this.town.ask("PUT", `/hospitals/${id}/beds`, { beds: { EmergencyDepartment: { staffed, occupied } } });
    } finally {
      this.counting.delete(id);
    }
  }

  private *story(callsign: string): Generator<Step, void> {
    const { town } = this;
    const [call_id, id, run_id] = [randomUUID(), randomUUID(), randomUUID()];
    const position = town.centre;
    yield () => town.ask("POST", "/calls", { id: call_id, phone: "0900 000 001", complaint: "Đau ngực", position });
    yield () => town.ask("POST", "/incidents", { id, call_id, position, priority: "P2" });
    yield () => town.ask("POST", `/incidents/${id}/runs`, { run_id, unit_id: callsign });
    for (const milestone of ["accepted", "en_route", "on_scene", "patient_contact", "clear"]) {
      yield () => town.ask("POST", `/runs/${run_id}/milestones`, { milestone, at: new Date().toISOString() });
    }
    yield () => town.ask("POST", `/incidents/${id}/close`, { reason: "load" });
  }

  private other(): Step {
    const { town } = this;
    const turn = (this.turn += 1);
    if (turn % 20 === 0) {
      const id = this.standing[turn % this.standing.length]!;
      return () => town.ask("POST", `/incidents/${id}/notes`, { note_id: randomUUID(), text: `Ghi chú ${turn}` });
    }
    const { id, staffed } = this.beds[turn % this.beds.length]!;
    if (turn % 3 === 0 && !this.counting.has(id)) return () => this.count(id, staffed, turn % (staffed + 1));
    const callsign = this.others[turn % this.others.length]!;
    const round = Math.floor(turn / this.others.length);
    return () => town.ask("POST", `/units/${callsign}/duty`, { status: round % 2 === 0 ? "off_duty" : "on_duty" });
  }
}
