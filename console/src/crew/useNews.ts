/** What came while nobody looked makes itself heard, once: an order, a danger, an order that was called off. */
import { useEffect, useRef } from "react";

import type { IncidentRow, RunRow } from "../wire/rows";
import { chime } from "./chime";

const AGAIN_MS = 6_000;

export function useNews(run: RunRow | undefined, incident: IncidentRow | undefined): void {
  const asked = run?.status === "assigned" ? run.id : null;
  useEffect(() => {
    if (!asked) return;
    chime("offer");
    const timer = setInterval(() => chime("offer"), AGAIN_MS); // until it is answered, or is gone
    return () => clearInterval(timer);
  }, [asked]);

  const danger = incident?.danger ?? null;
  useEffect(() => { if (danger) chime("danger"); }, [danger]);

  const before = useRef<string | null>(null);
  const now = run?.id ?? null;
  useEffect(() => {
    if (before.current && before.current !== now) chime("news");
    before.current = now;
  }, [now]);

  const bound = run?.hospital_id ?? null;
  const boundBefore = useRef(bound);
  useEffect(() => {
    if (boundBefore.current && bound && boundBefore.current !== bound) chime("news");
    boundBefore.current = bound;
  }, [bound]);
}
