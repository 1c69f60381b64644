/** What the dispatcher is looking at, and the map's explicit orders. */
import { Cell } from "../store/cell";
import type { Key } from "../text/i18n";
import type { Point } from "../wire/rows";

export type Selection = { incident: string | null; unit: string | null; hospital: string | null };

export const selection = new Cell<Selection>({ incident: null, unit: null, hospital: null });

/** Set while the next click on the map is wanted: what for, in words, and who takes the place. */
export const picking = new Cell<{ say: Key; take: (point: Point) => void } | null>(null);

/** The map moves only when this is set: an explicit "go to". */
export const goTo = new Cell<{ point: Point } | null>(null);

/** The position typed or picked in the intake form, so that the map can show it. */
export const pin = new Cell<Point | null>(null);

/** Whose advice the keyboard goes on with: a form that had it is done and gone. */
export const turned = new Cell<string | null>(null);

export function selectIncident(id: string | null): void {
  selection.change({ incident: id });
}
