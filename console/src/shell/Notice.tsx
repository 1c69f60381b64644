/** What went wrong, in words, next to the control that caused it. */
import { useState } from "react";

import { useText } from "../text/i18n";
import { Refusal, Unreachable } from "../wire/send";

export type Trouble = { text: string; extra: Record<string, unknown> } | null;

/** Holds the last trouble of one control; `attempt` clears it, runs the order and catches its refusal. */
export function useTrouble() {
  const { t } = useText();
  const [trouble, setTrouble] = useState<Trouble>(null);
  async function attempt<T>(order: () => Promise<T>): Promise<T | undefined> {
    setTrouble(null);
    try {
      return await order();
    } catch (error) {
      if (error instanceof Refusal) setTrouble({ text: error.message, extra: error.facts });
      else if (error instanceof Unreachable) setTrouble({ text: t("error.unreachable"), extra: {} });
      else throw error;
      return undefined;
    }
  }
  const complain = (text: string) => setTrouble({ text, extra: {} });
  return { trouble, setTrouble, complain, attempt };
}

export function Notice({ trouble }: { trouble: Trouble }) {
  return (
    <div role="alert" className={trouble ? "notice" : "notice-empty"}>
      {trouble && <><span aria-hidden="true">■ </span>{trouble.text}</>}
    </div>
  );
}
