/** What the phone last knew, kept for a page that is opened again where there is no line. */
import { unheard } from "../gate/leaving";
import { link, store } from "../live";
import { clock } from "../live/clock";
import { DiskShelf, OF_ACCOUNTS } from "../outbox/shelf";
import { begin, session } from "../shell/session";
import { Cell } from "../store/cell";
import { TABLES, type Table } from "../store/store";
import * as api from "../wire/api";
import * as crew from "../wire/crew";
import type { City, Me } from "../wire/answers";
import type { Snapshot } from "../wire/rows";
import { course } from "./course";
import { lasting } from "./errands";

type Last = {
  name: typeof OF_ACCOUNTS.crew;
  me: Me;
  city: City;
  course: crew.Course | null;
  snapshot: Snapshot;
  /** How far the server's clock was ahead of the phone's, ms: taps are timed by it. */
  ahead: number;
  savedAt: number;
};

const shelf = lasting ? new DiskShelf<Last>("kept") : null;
/** What a crew works by; nobody's calls and callbacks are written to a phone. */
const KEPT: readonly Table[] = ["units", "incidents", "hospitals", "runs", "crew_alarms", "messages", "patients"];
const SAVE_AFTER_MS = 800;
const LINE_MS = 1_500;

/** Since when (server time, ms) what stands on the screen is only remembered; null once the server has spoken. */
export const remembered = new Cell<number | null>(null);

/** Begins with the server where it answers soon, else with what was kept; both end in the live link. */
export async function beginCrew(): Promise<void> {
  const answered = await Promise.race([
    api.me().then(() => true, (error) => error instanceof Error && "status" in error),
    new Promise<false>((done) => setTimeout(done, LINE_MS, false)),
  ]);
  const last = answered || unheard() ? null : (await shelf?.all().catch(() => []))?.find(({ name, me }) => name === OF_ACCOUNTS.crew && isCrew(me));
  if (last) recall(last);
  keep();
  void begin();
}

function recall(last: Last): void {
  clock.hear(new Date(Date.now() + last.ahead).toISOString());
  store.eventful = false;
  store.load(last.snapshot);
  course.set(last.course);
  remembered.set(last.savedAt);
  session.set({ state: "open", me: last.me, city: last.city });
}

function keep(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void save().catch(() => undefined), SAVE_AFTER_MS);
  };
  link.subscribe(() => link.state === "live" && remembered.set(null));
  for (const table of TABLES) store.subscribe(table, later);
  session.subscribe(() => {
    if (session.get().state === "open" && !course.get()) void crew.runCourse().then(course.set, () => undefined);
  });
  course.subscribe(later);
  link.subscribe(later);
}

/** Whoever of the desk looks in here is told of the whole city, and takes none of it along. */
function isCrew(me: Me): boolean {
  return me.role === "crew" && me.callsign !== null;
}

async function save(): Promise<void> {
  const { state, me, city } = session.get();
  if (!shelf || state !== "open" || !me || !city || !isCrew(me) || store.epoch === "" || remembered.get() !== null) return; // what is old keeps its age
  const rows = Object.fromEntries(TABLES.map((table) => [table, KEPT.includes(table) ? store.all(table) : []])) as Omit<Snapshot, "seq" | "epoch" | "now">;
  const snapshot = { ...rows, seq: store.seq, epoch: store.epoch, now: clock.iso() } as Snapshot;
  await shelf.put({ name: OF_ACCOUNTS.crew, me, city, course: course.get(), snapshot, ahead: clock.now() - Date.now(), savedAt: clock.now() });
}
