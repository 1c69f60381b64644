/** How far a simulation is. */
import type { Simulation } from "../wire/simulations";

export const isOver = ({ state }: Pick<Simulation, "state">): boolean => !["waiting", "running"].includes(state);

/** Of 1; what comes before the first replication counts nothing. */
export const shareOf = ({ done, of }: Pick<Simulation, "done" | "of">): number => (of > 0 ? Math.min(1, done / of) : 0);
