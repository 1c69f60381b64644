/** The beds of one hospital by a link: asked for now and then, kept for when the line is cut. */
import { useCallback, useEffect, useState } from "react";

import { clock } from "../live/clock";
import { Refusal } from "../wire/send";
import * as ward from "../wire/ward";
import { keep, recall } from "./kept";

/** Asked again so often while the page is looked at, ms. */
const EVERY_MS = 20_000;
/** unknown : the link is good, and the hospital it is for is not one of the centre's */
export type LinkState = "asking" | "good" | "cut" | "over" | "unknown";
const NO: Record<number, LinkState> = { 401: "over", 404: "unknown" };
/** Of a link that is over the board is what was last heard, for its words alone. */
export type Board = { state: LinkState; board: ward.LinkBoard | null; at: string | null };

/** By what this link's own counts and memory are told from another's on the same tablet. */
export function nameOf(secret: string): string {
  return `link:${secret.slice(0, 10)}`;
}

export function useBoard(secret: string): Board & { ask: () => void } {
  const [held, setHeld] = useState<Board>({ state: "asking", board: null, at: null });
  const ask = useCallback(() => {
    ward.linkBoard(secret).then((board) => {
      clock.hear(board.now);
      setHeld({ state: "good", board, at: board.now });
      void keep(nameOf(secret), board);
    }, async (error: unknown) => {
      const no = error instanceof Refusal ? NO[error.status] : undefined;
      const kept = await recall<ward.LinkBoard>(nameOf(secret));
      setHeld((now) => ({ state: now.state === "over" ? "over" : no ?? "cut", board: now.board ?? kept?.what ?? null, at: now.at ?? kept?.at ?? null }));
    });
  }, [secret]);

  const ended = held.state === "over";
  useEffect(() => {
    if (!ended) ask();
    // One that ended does not come back: asked on and on, it would only be held for somebody who guesses.
    const timer = setInterval(() => { if (!document.hidden && !ended) ask(); }, EVERY_MS);
    const seen = () => { if (!document.hidden) ask(); };
    addEventListener("online", ask);
    addEventListener("offline", ask); // the answer that does not come says it at once
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(timer);
      removeEventListener("online", ask);
      removeEventListener("offline", ask);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [ask, ended]);
  return { ...held, ask };
}
