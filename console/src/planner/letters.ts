/** Rivals are A, B, C ... in the order they were asked for: a line, a column and a name belong together by it. */

export const letter = (number: number): string => String.fromCharCode(65 + number);

/** How the line of a rival is drawn, so that no colour is needed to know it: A solid, B dashed, then dots. */
export const DASHES = ["none", "7 5", "2 4", "10 4 2 4", "4 2", "12 6"];
export const dashOf = (number: number): string => DASHES[number % DASHES.length]!;
/** Its colour, as planner.css has it for both themes. */
export const colourOf = (number: number): string => `var(--rival-${(number % DASHES.length) + 1})`;
