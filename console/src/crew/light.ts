/** Day or night, as the crew says; until it says so, as the phone has it. */
import { Cell } from "../store/cell";

export type Light = "day" | "night";
const STORED = "vigil.crew.light";

function first(): Light {
  try {
    const said = localStorage.getItem(STORED);
    if (said === "day" || said === "night") return said;
  } catch {
    // A browser that forbids storage only forgets the choice.
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "day";
}

export const light = new Cell<Light>(first());

export function switchTo(next: Light): void {
  light.set(next);
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // as above
  }
}

function show(): void {
  document.body.className = light.get() === "night" ? "dark" : "light";
}

show();
light.subscribe(show);
