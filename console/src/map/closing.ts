/** One closure or slowing while it is being made: what is sent, under which id, and what is said once it is stored. */
import type { Key } from "../text/i18n";
import type { Point } from "../wire/rows";
import type { Shape } from "./drawing";

export type Profile = "van" | "motorbike";

/** What the dispatcher chose. hours: null until somebody lifts it; profile: null for everybody; share: of the usual speed. */
export type Choice = {
  kind: "closure" | "slowing"; shape: Shape; points: Point[]; reach_m: number; reason: string; hours: number | null;
  profile: Profile | null; share: number;
};

type Said = {
  id: string;
  reason: string;
  stretch: { kind: Shape; points: [number, number][]; width_m: number };
  until: string | null;
};
export type Hindering = (Said & { kind: "closure"; profiles: Profile[] }) | (Said & { kind: "slowing"; share: number });

/** The same choice sent again after a lost answer is the same order, its id and its end included; any other
 * choice is another one. */
export class Closing {
  private last: { chosen: string; order: Hindering } | null = null;

  constructor(private readonly freshId: () => string, private readonly now: () => number) {}

  /** Stored, or given up, or another stretch was drawn: whatever comes next is another order. */
  over(): void {
    this.last = null;
  }

  order(choice: Choice): Hindering {
    const chosen = JSON.stringify(choice);
    if (this.last?.chosen !== chosen) this.last = { chosen, order: this.make(choice) };
    return this.last.order;
  }

  private make({ kind, shape, points, reason, reach_m, hours, profile, share }: Choice): Hindering {
    const said: Said = {
      id: this.freshId(), reason,
      stretch: { kind: shape, points: points.map(({ lat, lon }) => [lat, lon]), width_m: reach_m },
      until: hours === null ? null : new Date(this.now() + hours * 3_600_000).toISOString(),
    };
    return kind === "closure" ? { ...said, kind, profiles: profile ? [profile] : [] } : { ...said, kind, share };
  }
}

/** What a desk is told of a change that is stored; null where there is nothing to add. */
export function storedNote(answer: { in_use: boolean }): Key | null {
  return answer.in_use ? null : "roads.not_in_use";
}
