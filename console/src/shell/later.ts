/** Parts of a page that are not needed in its first second. Each brings its own words (src/text/areas.ts). */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";

import { askBuild } from "../build/newer";
import { Cell } from "../store/cell";

/** All of them are fetched when the page has been up this long, ms: a line cut later keeps nothing away. */
const SOON_MS = 2_000;
/** A part that does not come is asked for again, ms. */
const AGAIN_MS = 2_000;

const waiting = new Set<() => Promise<unknown>>();

/** Whether that time has come; see `Soon`. */
export const soon = new Cell(false);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- props are the component's own affair here
type Component = ComponentType<any>;

/**
 * A component of its own file, fetched when it is first shown, or soon after the page came up, whichever is first.
 * A part that does not come leaves its place empty and is asked for again.
 */
export function later<C extends Component>(part: () => Promise<C>): LazyExoticComponent<C> {
  const ask = fetcher(part);
  waiting.add(ask);
  return lazy(ask);
}

/** As `later`, but never fetched before it is shown: for what is large and may be left out, such as the map. */
export function whenShown<C extends Component>(part: () => Promise<C>): LazyExoticComponent<C> {
  return lazy(fetcher(part));
}

function fetcher<C extends Component>(part: () => Promise<C>): () => Promise<{ default: C }> {
  let asked: Promise<{ default: C }> | null = null;
  return () => (asked ??= comes(async () => ({ default: await part() })));
}

async function comes<T>(part: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await part();
    } catch {
      void askBuild(); // a part of an old build is gone for good
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

/** Fetches what was put off, and what that puts off in turn. `more` : such as the words of the other language. */
export function fetchSoon(more: () => Promise<unknown>): void {
  const rest = async () => {
    soon.set(true);
    await more().catch(() => undefined);
    while (waiting.size > 0) {
      const [first] = waiting;
      waiting.delete(first!);
      await first!();
    }
  };
  setTimeout(() => void rest(), SOON_MS);
}
