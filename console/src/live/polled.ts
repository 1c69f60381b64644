/** Answers that are not rows of the feed: asked again while the line is live, and soon after something moved. */
import { useCallback, useEffect, useRef, useState } from "react";

import { useLink } from "./index";

/** Changes come in bursts; one question answers them all, ms. */
const BURST_MS = 1_200;

/**
 * `ask` must be one and the same function from render to render. `every` in ms; `version` is any text that changes
 * when the answer may have changed. A read that fails keeps what is shown; the next one asks again.
 */
export function usePolled<T>(ask: () => Promise<T>, every: number, version = ""): { value: T | null; again: () => void } {
  const [value, setValue] = useState<T | null>(null);
  const asked = useRef(0);
  const taken = useRef(0);
  const live = useLink() === "live";
  const question = useCallback(() => {
    const mine = ++asked.current;
    // A line slower than the interval has several questions on it: each answer counts that is newer than what is shown.
    ask().then((found) => {
      if (mine <= taken.current) return;
      taken.current = mine;
      setValue(found);
    }, () => undefined);
  }, [ask]);

  const forget = () => { taken.current = asked.current; };
  // Asked again after an order: what was asked before it knows nothing of it.
  const again = useCallback(() => {
    forget();
    question();
  }, [question]);
  // What was asked of another, or by a component that went, is not taken when it comes.
  useEffect(() => forget, [ask]);

  useEffect(() => {
    if (!live) return;
    question();
    const timer = setInterval(question, every);
    return () => clearInterval(timer);
  }, [live, question, every]);

  const first = useRef(version);
  useEffect(() => {
    if (first.current === version) return;
    first.current = version;
    const timer = setTimeout(question, BURST_MS);
    return () => clearTimeout(timer);
  }, [version, question]);

  return { value, again };
}
