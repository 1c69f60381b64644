/** One closure while it is being made: what is sent, under which id, and what is said once it is stored. */
import type { Key } from "../text/i18n";
import type { Point } from "../wire/rows";

/** What the dispatcher chose. hours: null until somebody lifts it. */
export type Choice = { place: Point; reason: string; reach_m: number; hours: number | null };

export type Closure = {
  id: string;
  reason: string;
  profiles: [];
  stretch: { kind: "point"; points: [number, number][]; width_m: number };
  until: string | null;
};

/** The same choice sent again after a lost answer is the same closure, its id and its end included; any other
 * choice is another closure. */
export class Closing {
  private last: { chosen: string; closure: Closure } | null = null;

  constructor(private readonly freshId: () => string, private readonly now: () => number) {}

  /** Stored, or given up, or another place was picked: whatever comes next is another closure. */
  over(): void {
    this.last = null;
  }

  closure(choice: Choice): Closure {
    const chosen = JSON.stringify(choice);
    if (this.last?.chosen !== chosen) this.last = { chosen, closure: this.make(choice) };
    return this.last.closure;
  }

  private make({ place, reason, reach_m, hours }: Choice): Closure {
    return {
      id: this.freshId(), reason, profiles: [],
      stretch: { kind: "point", points: [[place.lat, place.lon]], width_m: reach_m },
      until: hours === null ? null : new Date(this.now() + hours * 3_600_000).toISOString(),
    };
  }
}

/** What a desk is told of a change that is stored; null where there is nothing to add. */
export function storedNote(answer: { in_use: boolean }): Key | null {
  return answer.in_use ? null : "roads.not_in_use";
}
