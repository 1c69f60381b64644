/** Where the windows of a desk stand: remembered on this machine for each user, and put there again. */
import { WINDOWS, type WindowName } from "./windows";

type Bounds = { left: number; top: number; width: number; height: number };
type Placed = Partial<Record<WindowName, Bounds>>;

const AGAIN_MS = 1_000;

function keyOf(username: string): string {
  return `vigil.windows.${username}`;
}

export function placed(username: string): Placed {
  try {
    return JSON.parse(localStorage.getItem(keyOf(username)) ?? "{}") as Placed;
  } catch {
    return {};
  }
}

function keep(username: string, name: WindowName, bounds: Bounds): void {
  try {
    localStorage.setItem(keyOf(username), JSON.stringify({ ...placed(username), [name]: bounds }));
  } catch {
    // Without storage the windows open where the browser puts them.
  }
}

/** Called in a window of its own: notes where it stands for as long as it is open. */
export function keepPlace(username: string, name: WindowName): void {
  const note = () => keep(username, name, {
    left: screenX, top: screenY, width: outerWidth || innerWidth, height: outerHeight || innerHeight,
  });
  note();
  setInterval(note, AGAIN_MS);
}

type Screens = { screens: { availLeft: number; availTop: number; availWidth: number; availHeight: number; isPrimary: boolean }[] };

/** The other monitors, where the browser tells of them; empty where it does not, or was not allowed to. */
async function otherScreens(): Promise<Bounds[]> {
  const ask = (window as { getScreenDetails?: () => Promise<Screens> }).getScreenDetails;
  if (!ask) return [];
  const found = await ask.call(window).catch(() => null);
  return (found?.screens ?? []).filter((one) => !one.isPrimary)
    .map((one) => ({ left: one.availLeft, top: one.availTop, width: one.availWidth, height: one.availHeight }));
}

/** Opens windows, each where it stood last, else on a monitor of its own. False when the browser forbade one. */
export async function openWindows(username: string, names: WindowName[]): Promise<boolean> {
  const known = placed(username);
  const fresh = names.filter((name) => !known[name]);
  const screens = fresh.length > 0 ? await otherScreens() : [];
  let all = true;
  for (const name of names) {
    const at = known[name] ?? screens[fresh.indexOf(name)];
    const where = at ? `,left=${at.left},top=${at.top},width=${at.width},height=${at.height}` : ",width=1200,height=800";
    // The same name finds the window that is open already, and brings it up.
    const opened = open(`/?window=${name}`, `vigil-${name}`, `popup${where}`);
    opened?.focus();
    all &&= opened !== null;
  }
  return all;
}

/** Those this user has had on this machine. */
export function openedBefore(username: string): WindowName[] {
  const known = placed(username);
  return WINDOWS.filter((name) => known[name]);
}
