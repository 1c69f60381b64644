/** Who says yes to transfers at present: the hospitals, or the coordinator. Asked now and then; switched seldom. */
import { useCallback, useEffect, useState } from "react";

import { useLink } from "../live";
import * as care from "../wire/care";

const AGAIN_MS = 30_000;

export function useMode(): { mode: care.TransferMode["mode"]; ask: () => void } {
  const [mode, setMode] = useState<care.TransferMode["mode"]>("peacetime");
  const live = useLink() === "live";
  const ask = useCallback(() => void care.transferMode().then((told) => setMode(told.mode), () => undefined), []);
  useEffect(() => {
    if (!live) return;
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, [ask, live]);
  return { mode, ask };
}
