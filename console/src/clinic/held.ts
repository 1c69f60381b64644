/** Who speaks with a caller now, if it is somebody else. A claim that ran out holds nobody back. */
import { clock } from "../live/clock";

type Claimed = { claimed_by?: string | null; claimed_until?: string | null };

export function held({ claimed_by, claimed_until }: Claimed, me: string, now = clock.now()): string | null {
  if (!claimed_by || claimed_by === me || !claimed_until || Date.parse(claimed_until) <= now) return null;
  return claimed_by;
}
