/** One question asked again and again, for a page without a live line. What was heard last stays while nobody answers. */
import { useCallback, useEffect, useRef, useState } from "react";

import { Refusal } from "../wire/send";

/** lost : the last try had no answer; gone: the server knows no such thing */
export type Watched<T> = { value: T | null; lost: boolean; gone: boolean; again: () => void };

/** How soon a server that does not answer is asked again, ms. */
const LOST_MS = 1500;

/**
 * `ask` must be one and the same function as long as the question is. `every` says from the answer when the next is
 * wanted, ms; null: never again.
 */
export function useWatched<T>(ask: () => Promise<T>, every: (value: T) => number | null): Watched<T> {
  const [held, setHeld] = useState<{ ask: () => Promise<T>; value: T | null; lost: boolean; gone: boolean }>({ ask, value: null, lost: false, gone: false });
  const [turn, setTurn] = useState(0);
  const next = useRef(every);
  useEffect(() => { next.current = every; });
  useEffect(() => {
    let mine = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (ms: number | null) => { if (mine && ms !== null) timer = setTimeout(() => void question(), ms); };
    async function question() {
      try {
        const value = await ask();
        if (!mine) return;
        setHeld({ ask, value, lost: false, gone: false });
        later(next.current(value));
      } catch (error) {
        if (!mine) return;
        const gone = error instanceof Refusal && [404, 422].includes(error.status);
        setHeld((before) => ({ ask, value: before.ask === ask ? before.value : null, lost: !gone, gone }));
        if (!gone) later(LOST_MS);
      }
    }
    void question();
    return () => { mine = false; clearTimeout(timer); };
  }, [ask, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  // The answer to an older question is nobody's.
  const { value, lost, gone } = held.ask === ask ? held : { value: null, lost: false, gone: false };
  return { value, lost, gone, again };
}
