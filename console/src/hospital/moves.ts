/** What moved on this board by another hand while it was open: marked, until somebody here has counted or confirmed it. */
import { useEffect, useState } from "react";

import { clock } from "../live/clock";
import type { BedRow } from "../wire/rows";
import { differs, type Beds } from "./beds";

/** `now` : what stands there since `at`, ms of the server's clock. */
export type Move = { now: BedRow; at: number };
/** `settled` : what somebody here has counted, confirmed, or found when the page was opened. */
export type Watched = { settled: Beds; moves: Record<string, Move> };

/** A mark that nobody answered goes after so long, ms. */
export const MARKED_MS = 600_000;
/** Whoever presses sooner than this after a figure moved has not read it, ms. */
const TO_READ_MS = 2_500;

/** The board after it showed this. The same object where nothing moved. */
export function look(board: Watched, shown: Beds, at: number): Watched {
  let { settled, moves } = board;
  for (const [kind, bed] of Object.entries(shown)) {
    const mark = moves[kind];
    if (mark && !differs(bed, mark.now)) continue;
    if (mark && at - mark.at > MARKED_MS) settled = { ...settled, [kind]: mark.now };
    if (!settled[kind]) settled = { ...settled, [kind]: bed };
    if (differs(bed, settled[kind]!)) moves = { ...moves, [kind]: { now: bed, at } };
    else if (mark) moves = without(moves, [kind]);
  }
  return settled === board.settled && moves === board.moves ? board : { settled, moves };
}

/** Somebody here has said how these kinds stand. */
export function settle(board: Watched, said: Beds): Watched {
  return { settled: { ...board.settled, ...said }, moves: without(board.moves, Object.keys(said)) };
}

/** Has any of them moved so lately that a thumb on its way could not stop? */
export function tooFresh(board: Watched, at: number): boolean {
  return Object.values(board.moves).some((move) => at - move.at < TO_READ_MS);
}

function without<T>(all: Record<string, T>, kinds: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([kind]) => !kinds.includes(kind)));
}

export function useMoves(shown: Beds): { board: Watched; said: (beds: Beds) => void } {
  const [board, setBoard] = useState<Watched>({ settled: shown, moves: {} });
  useEffect(() => setBoard((before) => look(before, shown, clock.now())), [shown]);
  return { board, said: (beds) => setBoard((before) => settle(before, beds)) };
}
