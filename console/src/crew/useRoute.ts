/** Our own way from where the unit is, asked again when it left the way, is bound elsewhere, or the traffic changed. */
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { useLink } from "../live";
import { clock } from "../live/clock";
import { positions } from "../live/positions";
import { useRoads } from "../live/roads";
import { useSecond } from "../live/ticker";
import { Cell, useCell } from "../store/cell";
import { route, type Route } from "../wire/crew";
import type { Point, UnitRow } from "../wire/rows";
import { along } from "./guidance";
import { whereabouts } from "./whereabouts";

/** Farther from the line than this is another street. */
const LEFT_THE_WAY_M = 70;
const ASK_AGAIN_MS = 10_000;
const FRESH_MS = 60_000;

export type Way = { to: Point; version: string | null; route: Route; at: number };

/** The last way stays while parts are opened and closed, and where the line is gone. */
const last = new Cell<Way | null>(null);

/** The phone's own fix where it is young; else what the centre heard from the vehicle. */
export function useUs(unit: UnitRow | undefined): Point | null {
  useSecond();
  const { fix } = useCell(whereabouts);
  if (fix && clock.now() - fix.at < FRESH_MS) return fix;
  const track = unit && positions.get(unit.callsign);
  return track ?? unit?.position ?? null;
}

export function useRoute(us: Point | null, to: Point | null, profile: string): { way: Way | null; asking: boolean } {
  const live = useLink() === "live";
  const { version } = useRoads();
  const way = useCell(last);
  const [asking, setAsking] = useState(false);
  const askedAt = useRef(0);
  const fits = way !== null && to !== null && way.to.lat === to.lat && way.to.lon === to.lon;
  const off = fits && us !== null && along(way.route.geometry, us).beside_m > LEFT_THE_WAY_M;
  const stale = !fits || off || way.version !== version;
  // `us` moves each second: it is read when the question goes out, and asks none by itself.
  const ask = useEffectEvent(() => {
    if (!us || !to) return;
    askedAt.current = Date.now();
    setAsking(true);
    void route(us, to, profile).then((found) => last.set({ to, version, route: found, at: clock.now() }), () => undefined)
      .finally(() => setAsking(false));
  });
  const known = us !== null && to !== null;
  useEffect(() => {
    if (!live || !known || !stale || asking) return;
    const wait = Math.max(0, askedAt.current + (fits ? ASK_AGAIN_MS : 1_000) - Date.now());
    const timer = setTimeout(() => ask(), wait);
    return () => clearTimeout(timer);
  }, [live, known, to?.lat, to?.lon, fits, stale, asking, profile, version]);
  return { way: fits ? way : null, asking };
}
