/** What came while nobody looked makes itself heard, once: an order, a danger, an order that was called off. */
import { useEffect, useRef } from "react";

import type { IncidentRow, RunRow } from "../wire/rows";
import { useText } from "../text/i18n";
import { chime } from "./chime";
import { notice } from "./notices";

const AGAIN_MS = 6_000;

export function useNews(run: RunRow | undefined, incident: IncidentRow | undefined): void {
  const { t } = useText();
  const tell = useRef(t); // another language is no news
  tell.current = t;
  const number = useRef(run?.incident_number); // nor is another number
  number.current = run?.incident_number;
  const asked = run?.status === "assigned" ? run.id : null;
  useEffect(() => {
    if (!asked) return;
    chime("offer");
    void notice("job", tell.current("crew.notice.offer", { number: number.current ?? "" }), tell.current("crew.notice.look"));
    const timer = setInterval(() => chime("offer"), AGAIN_MS); // until it is answered, or is gone
    return () => clearInterval(timer);
  }, [asked]);

  const danger = incident?.danger ?? null;
  useEffect(() => {
    if (!danger) return;
    chime("danger");
    void notice("job", tell.current("crew.notice.danger", { number: number.current ?? "" }), tell.current("crew.notice.look"));
  }, [danger]);

  const before = useRef<string | null>(null);
  const now = run?.id ?? null;
  useEffect(() => {
    if (before.current && before.current !== now) {
      chime("news");
      void notice("job", tell.current("crew.notice.changed"), tell.current("crew.notice.look"));
    }
    before.current = now;
  }, [now]);

  const bound = run?.hospital_id ?? null;
  const boundBefore = useRef(bound);
  useEffect(() => {
    if (boundBefore.current && bound && boundBefore.current !== bound) {
      chime("news");
      void notice("job", tell.current("crew.notice.hospital"), tell.current("crew.notice.look"));
    }
    boundBefore.current = bound;
  }, [bound]);
}
