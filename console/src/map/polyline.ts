/** A place beside a line: how far off, and what of the line is left from there. */
import type { Point } from "../wire/rows";

const METRES_A_DEGREE = 111_195;

type Foot = { segment: number; metres: number };

/** The line from the foot of `place` on, beginning at `place` itself. */
export function left(line: Point[], place: Point): Point[] {
  return [place, ...line.slice(foot(line, place).segment + 1)];
}

export function metresOff(line: Point[], place: Point): number {
  return foot(line, place).metres;
}

function foot(line: Point[], place: Point): Foot {
  const east = METRES_A_DEGREE * Math.cos((place.lat * Math.PI) / 180);
  const flat = ({ lat, lon }: Point) => ({ x: (lon - place.lon) * east, y: (lat - place.lat) * METRES_A_DEGREE });
  let best: Foot = { segment: 0, metres: Infinity };
  for (let segment = 0; segment + 1 < line.length; segment += 1) {
    const [a, b] = [flat(line[segment]!), flat(line[segment + 1]!)];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, -(a.x * dx + a.y * dy) / length));
    const metres = Math.hypot(a.x + dx * share, a.y + dy * share);
    if (metres < best.metres) best = { segment, metres };
  }
  return best;
}
