/** The server that no other file uses while this one runs. */
import { inject } from "vitest";

export const ourUrl = (): string => inject("urls")[Number(process.env.VITEST_POOL_ID ?? 1) - 1]!;
