/** Whether the server has another build of the console than this page is of. Nobody is made to reload. */
import { Cell } from "../store/cell";

/** A page without a line asks so often, ms; one with a line is told with every hello. */
const EVERY_MS = 15 * 60_000;
/** Where a part does not come it is asked no oftener than this, ms. */
const PAUSE_MS = 30_000;

/** Whether the line that says so stands on the page. */
export const newer = new Cell(false);
let asked = -Infinity;

/** Of the page at hand; empty where it is no build, as while the console is being written. */
export function ours(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="vigil-build"]')?.content ?? "";
}

/** The server said which build it has now; nothing where it serves no console. */
export function hearBuild(theirs: string | null | undefined): void {
  if (ours() && theirs) newer.set(theirs !== ours());
}

/** Asks for it. Without an answer nothing is known, and nothing said. */
export async function askBuild(): Promise<void> {
  if (!ours() || performance.now() - asked < PAUSE_MS) return;
  asked = performance.now();
  const told = await fetch("/healthz", { cache: "no-store" }).then((answer) => answer.json(), () => null) as { build?: string } | null;
  hearBuild(told?.build);
}

/** Asks now and then, and whenever the page is looked at again. */
export function watchBuild(): void {
  setInterval(() => void askBuild(), EVERY_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) void askBuild(); });
}
