/** When each unit on the way will be here, by the server's own roads and the newest positions. */
import { useEffect, useState } from "react";

import { useLink } from "../live";
import * as api from "../wire/api";
import type { Expected } from "../wire/answers";

const AGAIN_MS = 10_000;

/** By run; empty until the first answer. `changes` : asked again at once whenever this is another text. */
export function useExpected(hospital: string, changes: string): ReadonlyMap<string, Expected> {
  const [expected, setExpected] = useState<ReadonlyMap<string, Expected>>(new Map());
  const live = useLink() === "live";
  useEffect(() => {
    if (!live) return;
    let ours = true;
    // Without an answer the old times stay: each is a time of day, and ages by itself.
    const ask = () => api.inbound(hospital).then(
      (board) => ours && setExpected(new Map(board.expected.map((one) => [one.run_id, one]))), () => undefined);
    void ask();
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => { ours = false; clearInterval(timer); };
  }, [hospital, changes, live]);
  return expected;
}
