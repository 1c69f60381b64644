/** The ranking that stands on the screen, so that "rank 2" means the second line that was read; and who is typing about it. */
import { Cell } from "../store/cell";
import type { Recommendation } from "../wire/answers";

export const shownAdvice = new Cell<{ incident: string; recommendation: Recommendation; refresh: () => void } | null>(null);

/** The incident an order is being typed for: its ranking keeps still meanwhile. */
export const typedAbout = new Cell<string | null>(null);
