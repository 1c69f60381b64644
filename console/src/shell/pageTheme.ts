/**
 * Day or night on a page that is not the desk. A page begins as its own head has it, dark on a wall and light on a
 * table, unless somebody chose otherwise for this kind of page on this machine.
 */
import { Cell } from "../store/cell";

export type Theme = "light" | "dark";

const begins = (): Theme => (document.body.classList.contains("dark") ? "dark" : "light");
export const theme = new Cell<Theme>(begins());
let key = "";

/** Called once by such a page. `page` : under what name its choice is kept. */
export function keepTheme(page: string): void {
  key = `vigil.${page}.theme`;
  theme.set(stored() ?? begins());
  show();
  theme.subscribe(show);
}

export function choose(next: Theme): void {
  theme.set(next);
  try {
    localStorage.setItem(key, next);
  } catch {
    // A browser that forbids storage only forgets the choice.
  }
}

function stored(): Theme | null {
  try {
    const said = localStorage.getItem(key);
    return said === "dark" || said === "light" ? said : null;
  } catch {
    return null;
  }
}

function show(): void {
  document.body.classList.toggle("dark", theme.get() === "dark");
  document.body.classList.toggle("light", theme.get() === "light");
}
