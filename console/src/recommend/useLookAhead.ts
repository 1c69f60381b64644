/** One look ahead of an incident: asked when the panel is opened, and when somebody asks again. Never by itself. */
import { useCallback, useEffect, useRef, useState } from "react";

import { clock } from "../live/clock";
import type { LookAhead } from "../wire/answers";
import * as api from "../wire/api";
import { Refusal, Unreachable } from "../wire/send";

/** The server is not done, with this question or an older one of this desk: it is asked again after so long, ms. */
export const AGAIN_MS = 1_500;
/** So often; whoever still wants it presses. */
export const TRIES = 8;
const UNDER_WAY = 429;

/** The first question after a start waits for more than the line does. */
const notDone = (error: unknown) => error instanceof Unreachable || (error instanceof Refusal && error.status === UNDER_WAY);

export type Looked = {
  found: LookAhead | null;
  /** Server time (ms) of the answer. */
  at: number;
  /** `reckoning` : asked, no answer yet; `still` : the server said that it is not done. */
  state: "reckoning" | "still" | "done";
  /** The server's sentence; empty where no answer came. */
  trouble: string | null;
  ask: () => void;
};

export function useLookAhead(incident: string): Looked {
  const [told, setTold] = useState<Omit<Looked, "ask">>({ found: null, at: 0, state: "reckoning", trouble: null });
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const ask = useCallback(() => {
    const mine = ++asked.current;
    clearTimeout(timer.current);
    setTold((before) => ({ ...before, state: "reckoning", trouble: null }));
    const put = (tries: number): Promise<void> => api.lookAhead(incident).then(
      (found) => { if (mine === asked.current) setTold({ found, at: clock.now(), state: "done", trouble: null }); },
      (error: unknown) => {
        if (mine !== asked.current) return;
        if (notDone(error) && tries < TRIES) {
          setTold((before) => ({ ...before, state: "still" }));
          timer.current = setTimeout(() => void put(tries + 1), AGAIN_MS);
          return;
        }
        setTold((before) => ({ ...before, state: "done", trouble: error instanceof Refusal ? error.message : "" }));
      });
    void put(1);
  }, [incident]);

  useEffect(() => {
    ask();
    return () => {
      asked.current += 1;
      clearTimeout(timer.current);
    };
  }, [ask]);

  return { ...told, ask };
}
