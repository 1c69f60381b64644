/** The beds of one hospital by a link: asked for now and then, kept for when the line is cut. */
import { useCallback, useEffect, useState } from "react";

import { clock } from "../live/clock";
import { Refusal } from "../wire/send";
import * as ward from "../wire/ward";
import { keep, recall } from "./kept";

/** Asked again so often while the page is looked at, ms. */
const EVERY_MS = 20_000;
export type LinkState = "asking" | "good" | "cut" | "over";
export type Board = { state: LinkState; board: ward.LinkBoard | null; at: string | null };

/** The secret of this page's address; nothing is ever sent to a server with it but the header. */
export function secretOf(hash: string): string {
  return decodeURIComponent(hash.replace(/^#/, "")).trim();
}

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
      if (error instanceof Refusal && error.status === 401) return setHeld({ state: "over", board: null, at: null });
      const kept = await recall<ward.LinkBoard>(nameOf(secret));
      setHeld((now) => ({ state: "cut", board: now.board ?? kept?.what ?? null, at: now.at ?? kept?.at ?? null }));
    });
  }, [secret]);

  useEffect(() => {
    ask();
    const timer = setInterval(() => { if (!document.hidden) ask(); }, EVERY_MS);
    const seen = () => { if (!document.hidden) ask(); };
    addEventListener("online", ask);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(timer);
      removeEventListener("online", ask);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [ask]);
  return { ...held, ask };
}
