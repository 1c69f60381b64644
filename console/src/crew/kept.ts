/** What the phone last knew, kept for a page that is opened again where there is no line. */
import { link, store } from "../live";
import { clock } from "../live/clock";
import { DiskShelf } from "../outbox/shelf";
import { begin, leave, session } from "../shell/session";
import { Cell } from "../store/cell";
import { TABLES } from "../store/store";
import * as api from "../wire/api";
import * as crew from "../wire/crew";
import type { City, Me } from "../wire/answers";
import type { Snapshot } from "../wire/rows";
import { course } from "./course";
import { lasting } from "./errands";

type Last = {
  name: "last";
  me: Me;
  city: City;
  course: crew.Course | null;
  snapshot: Snapshot;
  /** How far the server's clock was ahead of the phone's, ms: taps are timed by it. */
  ahead: number;
  savedAt: number;
};

const shelf = lasting ? new DiskShelf<Last>("kept") : null;
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
  const last = answered ? null : (await shelf?.all().catch(() => []))?.[0];
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

async function save(): Promise<void> {
  const { me, city } = session.get();
  if (!shelf || !me || !city || store.epoch === "" || remembered.get() !== null) return; // what is old keeps its age
  const rows = Object.fromEntries(TABLES.map((table) => [table, store.all(table)])) as Omit<Snapshot, "seq" | "epoch" | "now">;
  const snapshot = { ...rows, seq: store.seq, epoch: store.epoch, now: clock.iso() } as Snapshot;
  await shelf.put({ name: "last", me, city, course: course.get(), snapshot, ahead: clock.now() - Date.now(), savedAt: clock.now() });
}

/** Signs out and forgets whom the crew was with. Taps that wait stay until the same account signs in again. */
export async function leaveCrew(): Promise<void> {
  await api.logout();
  await shelf?.drop(["last"]);
  await leave();
}
