/** What a screen of the list says of itself. */
import type { Page } from "playwright-core";

import type { Machine } from "../machines";
import type { Scene } from "../scene";

export type Size = "desk" | "small" | "tablet" | "phone";
export const SIZES: Record<Size, [width: number, height: number]> = {
  desk: [1920, 1080], small: [1366, 768], tablet: [820, 1180], phone: [390, 844],
};

export type Screen = {
  /** Also the name of its picture. */
  name: string;
  /** Whose it is; null: nobody has signed in. */
  user: string | null;
  path: string | ((scene: Scene) => string | Promise<string>);
  /** What stands there when it is up. */
  ready: string;
  /** Brings the page into the state that is meant, by what it is and not by its words: they are in any language. */
  act?: (page: Page, scene: Scene) => Promise<void>;
  /** Puts the town back as the others find it. */
  after?: (scene: Scene) => Promise<void>;
  /** Not on the machine of the others: one without a city, or one that asks for a code. */
  machine?: Machine;
  /** The sizes it is used at; the first one is looked at most closely. */
  sizes: [Size, ...Size[]];
  /** False: the guides show it no picture. */
  picture?: false;
};
