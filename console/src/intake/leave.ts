/** Leaves a call's form. Where the keyboard stood in what is gone now, it goes on in the form of the next call. */
import { flushSync } from "react-dom";

import { leaveCall } from "./draft";

export function leaveForNext(call: string, done: boolean): void {
  flushSync(() => leaveCall(call, done));
  if (document.activeElement === document.body) dispatchEvent(new Event("vigil:intake"));
}
