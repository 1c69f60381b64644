/** A logout counts for every window of this browser: they share one session, and none may go on sounding. */
const CHANNEL = "vigil.session";
const LEFT = "left";

function channel(): BroadcastChannel | null {
  return typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
}

export function tellOtherWindows(): void {
  const line = channel();
  line?.postMessage(LEFT);
  line?.close();
}

/** Calls `leave` when another window has signed out. */
export function whenOthersLeave(leave: () => void): void {
  const line = channel();
  if (line) line.onmessage = ({ data }) => { if (data === LEFT) leave(); };
}
