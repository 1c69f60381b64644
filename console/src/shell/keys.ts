/** The few keys of the whole page. All are function keys: letters belong to the text being typed. */
import { flushSync } from "react-dom";

import { desk } from "../intake/draft";

export function takeKeys(keys: Record<string, () => void>): () => void {
  function press(event: KeyboardEvent): void {
    const key = (event.shiftKey ? "shift+" : "") + event.key;
    const act = keys[key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act();
  }
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}

/** Back to an open intake form; a call being assessed stays as it is in the queue. */
export function takeNewCall(): void {
  // Drawn and focused before the next key is read: what is typed right after F2 must not get lost.
  flushSync(() => desk.change({ call: null }));
  dispatchEvent(new Event("vigil:intake"));
}
