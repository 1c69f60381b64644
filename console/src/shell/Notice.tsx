/** What went wrong, in words, next to the control that caused it. */
import { useCallback, useMemo, useState } from "react";

import { useText } from "../text/i18n";
import { Refusal, Unreachable } from "../wire/send";

export type Trouble = { text: string; extra: Record<string, unknown> } | null;

/**
 * Holds the last trouble of one control; `attempt` clears it, runs the order and catches its refusal.
 * `attempt` and `complain` stay the same functions as long as the control is there.
 */
export function useTrouble() {
  const { t } = useText();
  const [held, setTrouble] = useState<Trouble | "unreachable">(null);
  const trouble = useMemo<Trouble>(() => (held === "unreachable" ? { text: t("error.unreachable"), extra: {} } : held), [held, t]);
  const attempt = useCallback(async <T,>(order: () => Promise<T>): Promise<T | undefined> => {
    setTrouble(null);
    try {
      return await order();
    } catch (error) {
      if (error instanceof Refusal) setTrouble({ text: error.message, extra: error.facts });
      else if (error instanceof Unreachable) setTrouble("unreachable");
      else throw error;
      return undefined;
    }
  }, []);
  const complain = useCallback((text: string) => setTrouble({ text, extra: {} }), []);
  return { trouble, setTrouble, complain, attempt };
}

export function Notice({ trouble }: { trouble: Trouble }) {
  return (
    <div role="alert" className={trouble ? "notice" : "notice-empty"}>
      {trouble && <><span aria-hidden="true">■ </span>{trouble.text}</>}
    </div>
  );
}
