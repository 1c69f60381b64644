/** A place on the canvas, in CSS pixels from its upper left corner. */
export type Spot = { x: number; y: number };
