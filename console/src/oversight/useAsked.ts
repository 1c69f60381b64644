/** One question and its answer, asked anew when the question changes. A late answer to an older question is dropped. */
import { useCallback, useEffect, useState } from "react";

import { useTrouble, type Trouble } from "../shell/Notice";

export type Asked<T> = { value: T | null; asking: boolean; trouble: Trouble; again: () => void };

/** `ask` must be one and the same function as long as the question is; null asks nothing. */
export function useAsked<T>(ask: (() => Promise<T>) | null): Asked<T> {
  const [value, setValue] = useState<T | null>(null);
  const [asking, setAsking] = useState(false);
  const [turn, setTurn] = useState(0);
  const { trouble, attempt } = useTrouble();
  useEffect(() => {
    if (!ask) return;
    let mine = true;
    setAsking(true);
    void attempt(ask).then((found) => {
      if (!mine) return;
      setAsking(false);
      setValue(found ?? null);
    });
    return () => { mine = false; };
  }, [attempt, ask, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { value, asking, trouble, again };
}
