/** What the reader does with a key; until it is here the line only takes words down. */
export type Keys = { enter: () => void; up: () => void; down: () => void; escape: () => boolean };
