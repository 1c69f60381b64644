/** What lies over the map while it is worked on: the patients of the incident, the transfers, or the batch. The map stays as it was. */
import { Cell } from "../store/cell";

export type Sheet = "patients" | "transfers" | "batch" | null;

export const openSheet = new Cell<Sheet>(null);

/** Set while a sheet is opened by its key: then the keyboard goes along. */
export const byKey = { pressed: false };

export function turn(to: Exclude<Sheet, null>, keyed = false): void {
  byKey.pressed = keyed && openSheet.get() !== to;
  openSheet.set(openSheet.get() === to ? null : to);
}
