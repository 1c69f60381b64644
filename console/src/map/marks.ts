/** What stands on the map and can be clicked. */
import type { Spot } from "./spot";

export type MarkKind = "incident" | "unit" | "hospital" | "station" | "point";
export type Mark = Spot & { kind: MarkKind; id: string };

/** All marks so close to the pointer that a click could mean any of them; the nearest first. */
export function hits(marks: Mark[], x: number, y: number, reach = 14): Mark[] {
  const away = (mark: Mark) => (mark.x - x) ** 2 + (mark.y - y) ** 2;
  return marks.filter((mark) => away(mark) <= reach * reach).sort((a, b) => away(a) - away(b));
}
