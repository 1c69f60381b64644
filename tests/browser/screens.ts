/**
 * Every screen and state a person may sit before. The tests of reading (readable.test.ts) open each of them in both
 * languages and themes, and the pictures of the guides are taken of them. A new screen is a few lines in screens/.
 */
import { CREW_SCREENS } from "./screens/crew";
import { DESK_SCREENS } from "./screens/desk";
import { GATE_SCREENS } from "./screens/gate";
import { OVERSIGHT_SCREENS } from "./screens/oversight";
import type { Screen } from "./screens/screen";
import { WARD_SCREENS } from "./screens/ward";
import { WINDOW_SCREENS } from "./screens/windows";

export { SIZES, type Screen, type Size } from "./screens/screen";

export const SCREENS: Screen[] = [
  ...GATE_SCREENS, ...DESK_SCREENS, ...WINDOW_SCREENS, ...OVERSIGHT_SCREENS, ...WARD_SCREENS, ...CREW_SCREENS,
];
