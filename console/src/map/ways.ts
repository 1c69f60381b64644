/** Ways of the runs under way: by road to where they are bound, and what they drove so far. */
import { isOver, standing } from "../boards/milestones";
import type { HospitalRow, IncidentRow, Point, RunRow } from "../wire/rows";
import { left, metresOff } from "./polyline";
import type { UnitMark, Way } from "./scene";
import type { Ink } from "./theme";

export type Asked = {
  /** The way by road; fails where there is none, or nobody answers. */
  route: (from: Point, to: Point, profile: string) => Promise<Point[]>;
  /** Where a unit was after a moment and until another (ISO), oldest first; null : until now. */
  track: (callsign: string, after: string, until: string | null) => Promise<Point[]>;
};

export type Bound = {
  runs: RunRow[];
  units: Map<string, UnitMark>;
  incident: (id: string) => IncidentRow | undefined;
  hospital: (id: string) => HospitalRow | undefined;
  selected: { incident: string | null; unit: string | null };
  /** Also the ways of what is not selected. */
  all: boolean;
  /** How often the roads changed by order: the selected are asked for anew. */
  orders: number;
  ink: Ink;
};

type Ahead = { points: Point[]; asked: number; orders: number; off: boolean; looked: number };
type Driven = { points: Point[]; lastAt: number };

/** One question at a time, with a pause between, ms: a screen full of units must not crowd out a recommendation. */
const PAUSE_MS = 250;
/** No answer: not asked again for so long, ms. */
const AGAIN_MS = 20_000;
/** Whoever is farther from the line than this drives another way, m. */
const OFF_M = 120;
const LOOK_MS = 1_500;
/** Who drives another way gets another line after so long, ms. */
const PATIENCE_MS = 8_000;
/** Ways of what is not selected, at most. */
const MOST = 40;

export class Ways {
  private ahead = new Map<string, Ahead>();
  private driven = new Map<string, Driven>();
  private busy = false;
  private quietUntil = 0;

  constructor(private asked: Asked, private local: () => number = () => performance.now()) {}

  /** What to paint now; asks for what is missing, the selected first. */
  of(bound: Bound): Way[] {
    const ways: Way[] = [];
    const mine = (run: RunRow) => run.incident_id === bound.selected.incident
      || (bound.selected.unit !== null && bound.units.get(run.callsign)?.row.id === bound.selected.unit && isOver(run.milestones) === null);
    const chosen = bound.runs.filter(mine);
    for (const run of chosen) ways.push(...this.behind(run, bound));
    for (const run of chosen) ways.push(...this.before(run, bound, true));
    if (bound.all) {
      const others = bound.runs.filter((run) => !mine(run) && isOver(run.milestones) === null);
      for (const run of others.slice(0, MOST)) ways.push(...this.before(run, bound, false));
    }
    this.forget(bound.runs);
    return ways;
  }

  private before(run: RunRow, bound: Bound, strong: boolean): Way[] {
    const unit = bound.units.get(run.callsign);
    const goal = goalOf(run, bound);
    if (!unit || !goal) return [];
    const colour = bound.ink.status[unit.row.status];
    const key = `${run.id}/${goal.lat}/${goal.lon}`;
    const known = this.ahead.get(key);
    if (known) this.look(known, unit.place);
    // Off every street, in a yard or on a ferry, each new line is as far away as the last: no hurry.
    const astray = known?.off && this.local() - known.asked > PATIENCE_MS;
    const fresh = known && !astray && (!strong || known.orders === bound.orders || known.points.length === 0);
    if (!fresh || (known.points.length === 0 && this.local() - known.asked > AGAIN_MS)) {
      this.ask(() => this.askRoute(key, unit, goal, bound.orders));
    }
    if (!known || known.points.length === 0) return [{ kind: "direction", points: [unit.place, goal], colour, strong: false }];
    return [{ kind: "ahead", points: left(known.points, unit.place), colour, strong }];
  }

  private behind(run: RunRow, { units, ink }: Bound): Way[] {
    const known = this.driven.get(run.id);
    const unit = units.get(run.callsign);
    const over = isOver(run.milestones);
    if (!known) {
      this.ask(() => this.askTrack(run, over ? run.milestones[over] ?? null : null));
      return [];
    }
    if (!over && unit && unit.track.at > known.lastAt) {
      known.points.push({ lat: unit.track.lat, lon: unit.track.lon });
      known.lastAt = unit.track.at;
    }
    const points = over || !unit ? known.points : [...known.points, unit.place];
    return [{ kind: "driven", points, colour: ink.driven, strong: false }];
  }

  /** Now and then: whether the unit still drives where the line goes. */
  private look(known: Ahead, place: Point): void {
    if (this.local() - known.looked < LOOK_MS || known.points.length === 0) return;
    known.looked = this.local();
    known.off = metresOff(known.points, place) > OFF_M;
  }

  private ask(question: () => Promise<void>): void {
    if (this.busy || this.local() < this.quietUntil) return;
    this.busy = true;
    void question().finally(() => {
      this.busy = false;
      this.quietUntil = this.local() + PAUSE_MS;
    });
  }

  private async askRoute(key: string, unit: UnitMark, goal: Point, orders: number): Promise<void> {
    const points = await this.asked.route(unit.track, goal, unit.row.kind).catch(() => []);
    this.ahead.set(key, { points, asked: this.local(), orders, off: false, looked: this.local() });
  }

  private async askTrack(run: RunRow, until: string | null): Promise<void> {
    const since = run.milestones.assigned;
    const points = since ? await this.asked.track(run.callsign, since, until).catch(() => []) : [];
    this.driven.set(run.id, { points, lastAt: 0 });
  }

  /** Runs that are gone from the rows take their ways with them. */
  private forget(runs: RunRow[]): void {
    if (this.ahead.size + this.driven.size < 4 * MOST) return;
    const ids = new Set(runs.map((run) => run.id));
    for (const key of this.ahead.keys()) if (!ids.has(key.split("/")[0]!)) this.ahead.delete(key);
    for (const id of this.driven.keys()) if (!ids.has(id)) this.driven.delete(id);
  }
}

/** Where a run is bound: the scene, then the hospital; null while it stands. */
function goalOf(run: RunRow, { incident, hospital }: Bound): Point | null {
  switch (standing(run.milestones)) {
    case "assigned":
    case "accepted":
    case "en_route":
      return incident(run.incident_id)?.position ?? null;
    case "transporting":
      return hospital(run.hospital_id ?? "")?.position ?? null;
    default:
      return null;
  }
}
