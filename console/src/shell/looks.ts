/** How the desk looks and what stands on it: one user's choice on this machine, kept here and nowhere else. */
import { Cell } from "../store/cell";
import { session } from "./session";

export type Theme = "dark" | "light";
export const SIZES = [0.9, 1, 1.15, 1.3] as const;

export type Looks = {
  theme: Theme;
  /** Of letters and all that is measured by them; 1 as drawn. */
  size: number;
  /** Whether the desk itself shows the map. Without it nothing of the map is loaded. */
  map: boolean;
};

const PLAIN: Looks = { theme: "dark", size: 1, map: true };
/** What the login page of this machine looks like: as it was left last. */
const LAST = "vigil.looks";

export const looks = new Cell<Looks>(stored(LAST) ?? PLAIN);
let key = LAST;

/** From the sign-in on it is this user's own. */
function looksOf(username: string): void {
  if (key === `${LAST}.${username}`) return;
  key = `${LAST}.${username}`;
  const own = stored(key);
  if (own) looks.set(own);
}

function stored(name: string): Looks | null {
  try {
    const text = localStorage.getItem(name);
    const held = text ? (JSON.parse(text) as Partial<Looks>) : null;
    return held && {
      theme: held.theme === "light" ? "light" : "dark",
      size: SIZES.find((size) => size === held.size) ?? 1,
      map: held.map !== false,
    };
  } catch {
    return null;
  }
}

function apply({ theme, size }: Looks): void {
  document.body.classList.toggle("dark", theme === "dark");
  document.body.classList.toggle("light", theme === "light");
  document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", theme);
  document.documentElement.style.setProperty("--size", String(size));
}

/** Called once by a page whose looks may be chosen. Another window of this user follows at once. */
export function keepLooks(): void {
  apply(looks.get());
  // Before anything is drawn for this user: who has closed the map fetches none of it.
  session.subscribe(() => {
    const user = session.get().me?.username;
    if (user) looksOf(user);
  });
  looks.subscribe(() => {
    apply(looks.get());
    try {
      for (const name of new Set([key, LAST])) localStorage.setItem(name, JSON.stringify(looks.get()));
    } catch {
      // Without storage the choice lives as long as the page.
    }
  });
  addEventListener("storage", (event) => {
    const told = event.key === key ? stored(key) : null;
    // The map belongs to one window; theme and size to the person.
    if (told) looks.change({ theme: told.theme, size: told.size });
  });
}
