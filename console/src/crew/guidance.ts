/** Where we are along a way, and what comes next. Metres on a flat earth: a city is small enough. */
import type { Route } from "../wire/crew";
import type { Point } from "../wire/rows";

const METRES_A_DEGREE = 111_320;

export type Along = {
  /** Metres driven of the way, and from us to the nearest point of it. */
  driven_m: number;
  beside_m: number;
  /** The part of the line that is still ahead, from where we are. */
  ahead: [number, number][];
};

export type Turn = { turn: string; name: string; in_m: number; for_m: number };

/** [metres east, metres north] of a point, seen from `origin`. */
function flat(origin: Point, lat: number, lon: number): [number, number] {
  return [(lon - origin.lon) * METRES_A_DEGREE * Math.cos((origin.lat * Math.PI) / 180), (lat - origin.lat) * METRES_A_DEGREE];
}

/** The nearest place on the line. A way that passes twice is taken where it comes first. */
export function along(geometry: Route["geometry"], us: Point): Along {
  let best: Along = { driven_m: 0, beside_m: Infinity, ahead: geometry };
  let before_m = 0;
  for (let place = 0; place + 1 < geometry.length; place += 1) {
    const [a, b] = [flat(us, ...geometry[place]!), flat(us, ...geometry[place + 1]!)];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy);
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(a[0] * dx + a[1] * dy) / length ** 2));
    const beside_m = Math.hypot(a[0] + share * dx, a[1] + share * dy);
    if (beside_m < best.beside_m) {
      const [from, to] = [geometry[place]!, geometry[place + 1]!];
      const foot: [number, number] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
      best = { driven_m: before_m + share * length, beside_m, ahead: [foot, ...geometry.slice(place + 1)] };
    }
    before_m += length;
  }
  return best;
}

/** The turns that are still ahead, with the metres to each; straight on into a street of the same name is none. */
export function turnsAhead(steps: Route["steps"], driven_m: number): Turn[] {
  const turns: Turn[] = [];
  let at_m = 0;
  steps.forEach((step, place) => {
    const goesOn = step.turn === "straight" && step.name === steps[place - 1]?.name;
    const last = turns.at(-1);
    if (goesOn && last) last.for_m += step.distance_m;
    else if (place > 0 && !goesOn && at_m > driven_m) turns.push({ turn: step.turn ?? "", name: step.name, in_m: at_m - driven_m, for_m: step.distance_m });
    at_m += step.distance_m;
  });
  return turns;
}

/** Rounded as one says it while driving: 40 m, 250 m, 1200 m. */
export function spoken(metres: number): number {
  const step = metres < 100 ? 10 : metres < 1000 ? 50 : 100;
  return Math.max(10, Math.round(metres / step) * step);
}
