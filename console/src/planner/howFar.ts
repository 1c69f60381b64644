/** How far a simulation is. */
import type { Simulation } from "../wire/simulations";

export const isOver = ({ state }: Pick<Simulation, "state">): boolean => !["waiting", "running"].includes(state);

/** Of 1, of the replications; what comes before the first of them counts nothing. */
export const shareOf = ({ done, of }: Pick<Simulation, "done" | "of">): number => (of > 0 ? Math.min(1, done / of) : 0);

type Going = Pick<Simulation, "state" | "stage" | "share" | "done" | "of">;

/** Whether it is made ready or its results are gathered, while no replication is played. */
export const isBetween = ({ state, stage }: Pick<Simulation, "state" | "stage">): boolean =>
  state === "running" && stage !== null && stage !== "replications";

/** Of what is being done just now, of 1; null where nobody knows how far that is. */
export const shareNow = (run: Going): number | null => (isBetween(run) ? run.share : shareOf(run));
