/** The ranking an order counts by: the one that stands on the screen, or, for another incident, one asked for it. */
import { useEffect, useState } from "react";

import { shownAdvice, typedAbout } from "../recommend/shown";
import { useCell } from "../store/cell";
import * as api from "../wire/api";
import type { Recommendation } from "../wire/answers";
import { Refusal } from "../wire/send";

type Asked = { incident: string; recommendation: Recommendation | null; trouble: string | null };

/** Null while nothing is asked for; a recommendation of null is on its way, unless there is trouble. */
export function useAdvice(incident: string | null): Omit<Asked, "incident"> {
  const shown = useCell(shownAdvice);
  const [asked, setAsked] = useState<Asked | null>(null);
  const onScreen = shown !== null && shown.incident === incident;

  useEffect(() => {
    typedAbout.set(incident);
    return () => typedAbout.set(null);
  }, [incident]);

  useEffect(() => {
    if (incident === null || onScreen) return;
    let ours = true;
    api.recommendation(incident).then(
      (recommendation) => ours && setAsked({ incident, recommendation, trouble: null }),
      (error: unknown) => ours && setAsked({ incident, recommendation: null, trouble: error instanceof Refusal ? error.message : "" }));
    return () => { ours = false; };
  }, [incident, onScreen]);

  if (onScreen) return { recommendation: shown.recommendation, trouble: null };
  return asked?.incident === incident ? asked : { recommendation: null, trouble: null };
}
