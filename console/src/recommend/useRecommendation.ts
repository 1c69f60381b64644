/** The advice for one incident. Asked again when the fleet or the beds change, unless somebody is reading it. */
import { useCallback, useEffect, useRef, useState } from "react";

import { useLink, useRow, useRows } from "../live";
import { clock } from "../live/clock";
import { useRoads } from "../live/roads";
import * as api from "../wire/api";
import type { Recommendation } from "../wire/answers";
import type { IncidentRow } from "../wire/rows";
import { Refusal } from "../wire/send";
import { keptInPlace } from "./order";

/** ETAs grow old as units drive: ask again at least this often, ms. */
const OLD_MS = 20_000;
/** Changes come in bursts; one question answers them all, ms. */
const BURST_MS = 1_200;

export type Advice = {
  recommendation: Recommendation | null;
  /** Server time (ms) the advice was given at. */
  at: number;
  trouble: string | null;
  /** True when it was asked again because a street was closed or opened, and nothing was asked since. */
  renewed: boolean;
  /** True when the world changed since and the panel is being read. */
  newer: boolean;
  refresh: () => void;
};

/** Another level, priority or place is another question: the old answer is wrong, not only old. */
export function questionOf(need: IncidentRow | undefined): string | undefined {
  return need && JSON.stringify([need.priority, need.alarm_level, need.patients, need.needs, need.position, need.place_confirmed]);
}

export function useRecommendation(incident: string, held: boolean): Advice {
  const [answer, setAnswer] = useState<{ recommendation: Recommendation | null; at: number; trouble: string | null }>(
    { recommendation: null, at: 0, trouble: null });
  const [newer, setNewer] = useState(false);
  const asked = useRef(0);
  const fleet = useRows("units").map((unit) => `${unit.callsign}${unit.status}${unit.duty}`).join();
  const need = useRow("incidents", incident);
  const asks = questionOf(need);
  const beds = useRows("hospitals").map((row) => row.seq).join();
  const live = useLink() === "live";
  const { renewals, orders } = useRoads();
  const [renewed, setRenewed] = useState(false);
  const seen = useRef({ renewals, orders });

  const refresh = useCallback((because: "roads" | "asked" = "asked") => {
    const mine = ++asked.current;
    setNewer(false);
    api.recommendation(incident).then(
      (recommendation) => {
        if (mine !== asked.current) return;
        setAnswer((before) => ({ recommendation: keptInPlace(recommendation, before.recommendation), at: clock.now(), trouble: null }));
        setRenewed(because === "roads");
      },
      (error: unknown) => {
        const trouble = error instanceof Refusal ? error.message : "";
        if (mine === asked.current) setAnswer((before) => ({ ...before, trouble }));
      });
  }, [incident]);

  useEffect(() => refresh(), [refresh]);

  const again = useRef(() => {});
  again.current = () => (held ? setNewer(true) : refresh());
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => again.current(), BURST_MS);
    return () => clearTimeout(timer);
  }, [fleet, beds]);
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => again.current(), OLD_MS);
    return () => clearInterval(timer);
  }, [live]);

  const answered = useRef(asks);
  useEffect(() => {
    if (answered.current === asks) return;
    answered.current = asks;
    refresh();
  }, [asks, refresh]);

  // Times over a street that is closed now are wrong, not only old: this does not wait for the hand to leave.
  useEffect(() => {
    if (seen.current.renewals === renewals) return;
    const spoken = seen.current.orders !== orders;
    seen.current = { renewals, orders };
    refresh(spoken ? "roads" : "asked");
  }, [renewals, orders, refresh]);

  return { ...answer, renewed, newer, refresh };
}
