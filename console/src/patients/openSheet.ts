/** What lies over the map while it is worked on: the patients of the incident, the transfers, or the batch. The map stays as it was. */
import { Cell } from "../store/cell";

export type Sheet = "patients" | "transfers" | "batch" | null;

export const openSheet = new Cell<Sheet>(null);

export function turn(to: Exclude<Sheet, null>): void {
  openSheet.set(openSheet.get() === to ? null : to);
}
