/** A stretch of town while it is drawn by hand: a point, a line along streets, or an area. */
import { Cell } from "../store/cell";
import type { Point } from "../wire/rows";

export type Shape = "point" | "line" | "area";
/** done: drawn, and only shown while the rest of the form is filled in. */
export type Sketch = { shape: Shape; points: Point[]; done: boolean };

/** So many places the server takes of one stretch. */
export const MOST_POINTS = 500;
const LEAST: Record<Shape, number> = { point: 1, line: 2, area: 3 };
const METRES_A_DEGREE = 111_195;

/** Set while something is drawn; a click on the map then adds a point and chooses nothing. */
export const sketch = new Cell<Sketch | null>(null);

export function begin(shape: Shape): Sketch {
  return { shape, points: [], done: false };
}

/** With one more point; a single point is complete at once. */
export function withPoint(drawn: Sketch, point: Point): Sketch {
  if (drawn.done || drawn.points.length >= MOST_POINTS) return drawn;
  const points = [...drawn.points, point];
  return { ...drawn, points, done: drawn.shape === "point" };
}

export function withoutLast(drawn: Sketch): Sketch {
  return { ...drawn, points: drawn.points.slice(0, -1), done: false };
}

/** The same points as another shape, as far as they go. */
export function asShape(drawn: Sketch, shape: Shape): Sketch {
  return { shape, points: shape === "point" ? [] : drawn.points, done: false };
}

export function enough({ shape, points }: Sketch): boolean {
  const different = new Set(points.map(({ lat, lon }) => `${lat}/${lon}`));
  return different.size >= LEAST[shape];
}

/** Length of a line in metres; of an area, its size in square metres. */
export function measure(shape: Shape, points: Point[]): number {
  if (points.length === 0 || shape === "point") return 0;
  const narrowing = Math.cos((points[0]!.lat * Math.PI) / 180);
  const flat = points.map(({ lat, lon }) => ({ x: lon * METRES_A_DEGREE * narrowing, y: lat * METRES_A_DEGREE }));
  if (shape === "line") {
    return flat.slice(1).reduce((sum, to, index) => sum + Math.hypot(to.x - flat[index]!.x, to.y - flat[index]!.y), 0);
  }
  const twice = flat.reduce((sum, from, index) => {
    const to = flat[(index + 1) % flat.length]!;
    return sum + (from.x - flat[0]!.x) * (to.y - flat[0]!.y) - (to.x - flat[0]!.x) * (from.y - flat[0]!.y);
  }, 0);
  return Math.abs(twice) / 2;
}
