/** Who sits here counts for every window of this browser: they share one session, and none may go on as somebody else. */
import * as api from "../wire/api";

const CHANNEL = "vigil.session";
const LEFT = "left";
/** Stands from a sign-out until the server has heard of it, for whatever page of this browser is opened meanwhile. */
const UNHEARD = "vigil.left";
const AGAIN_MS = 2_000;
const SOON_MS = 250;

type Said = typeof LEFT | { sits: string };

/** One for this window: a second one would hear what the first says, and this window would leave twice. */
let opened: BroadcastChannel | null = null;

function channel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  return (opened ??= new BroadcastChannel(CHANNEL));
}

export function tellOtherWindows(): void {
  channel()?.postMessage(LEFT satisfies Said);
}

export function tellWhoSits(username: string): void {
  channel()?.postMessage({ sits: username } satisfies Said);
}

/** Calls `leave` when another window has signed out, and `sits` when somebody signed in there. */
export function whenOthers({ leave, sits }: { leave: () => void; sits: (username: string) => void }): void {
  const line = channel();
  if (line) line.onmessage = ({ data }: MessageEvent<Said>) => (data === LEFT ? leave() : sits(data.sits));
}

/** Whether somebody signed out of whom the server may still think that they sit here. */
export function unheard(): boolean {
  return localStorage.getItem(UNHEARD) !== null;
}

export function markLeft(): void {
  localStorage.setItem(UNHEARD, "1");
}

/** Done when the server has heard of the sign-out, from this window or another; `waits` is called where it does not answer. */
export async function untilHeard(waits: () => void, another = false): Promise<void> {
  // Another window signed out, and says so itself; where it is closed before it could, this one does.
  for (let left = another ? AGAIN_MS : 0; left > 0 && unheard(); left -= SOON_MS) await pause(SOON_MS);
  while (unheard()) {
    if (await api.logoutOnce()) return localStorage.removeItem(UNHEARD);
    waits();
    await pause(AGAIN_MS);
  }
}

/** Done when a page that begins anew would come: the sign-out may have been the last thing that the line let through. */
export async function untilThere(waits: () => void): Promise<void> {
  while (!(await api.answers())) {
    waits();
    await pause(AGAIN_MS);
  }
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** What a browser keeps of a page in its memory, to bring it back by a press of Back, shows nothing and is asked for anew. */
export function nothingFromMemory(): void {
  addEventListener("pagehide", ({ persisted }) => { if (persisted) document.documentElement.hidden = true; });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
}
