/** Day or night on the ward's screen: light unless somebody chose otherwise on this tablet. */
import { Cell } from "../store/cell";

export type Theme = "light" | "dark";
const STORED = "vigil.ward.theme";

function first(): Theme {
  try {
    return localStorage.getItem(STORED) === "dark" ? "dark" : "light";
  } catch {
    return "light";
  }
}

export const theme = new Cell<Theme>(first());

export function choose(next: Theme): void {
  theme.set(next);
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // A browser that forbids storage only forgets the choice.
  }
}

function show(): void {
  document.body.className = `ward-page ${theme.get()}`;
}

show();
theme.subscribe(show);
