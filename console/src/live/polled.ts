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
  const live = useLink() === "live";
  const again = useCallback(() => {
    const mine = ++asked.current;
    ask().then((found) => { if (mine === asked.current) setValue(found); }, () => undefined);
  }, [ask]);

  useEffect(() => {
    if (!live) return;
    again();
    const timer = setInterval(again, every);
    return () => clearInterval(timer);
  }, [live, again, every]);

  const first = useRef(version);
  useEffect(() => {
    if (first.current === version) return;
    first.current = version;
    const timer = setTimeout(again, BURST_MS);
    return () => clearTimeout(timer);
  }, [version, again]);

  // An answer that comes after the component went must not be taken.
  useEffect(() => () => { asked.current = -1; }, []);
  return { value, again };
}
