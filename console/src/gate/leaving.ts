/** A logout counts for every window of this browser: they share one session, and none may go on sounding. */
const CHANNEL = "vigil.session";
const LEFT = "left";

/** One for this window: a second one would hear what the first says, and this window would leave twice. */
let opened: BroadcastChannel | null = null;

function channel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  return (opened ??= new BroadcastChannel(CHANNEL));
}

export function tellOtherWindows(): void {
  channel()?.postMessage(LEFT);
}

/** Calls `leave` when another window has signed out. */
export function whenOthersLeave(leave: () => void): void {
  const line = channel();
  if (line) line.onmessage = ({ data }) => { if (data === LEFT) leave(); };
}
