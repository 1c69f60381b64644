/** Windows beside the desk, for other monitors; and the open incidents as they go to paper. */
import { pick } from "./desk";
import type { Screen } from "./screen";

export const WINDOW_SCREENS: Screen[] = [
  { name: "window-map", user: "dispatcher", path: "/?window=map", ready: ".map .maplibregl-canvas", sizes: ["desk"] },
  { name: "window-units", user: "dispatcher", path: "/?window=units", ready: ".areas", sizes: ["desk", "small"] },
  { name: "window-hospitals", user: "dispatcher", path: "/?window=hospitals", ready: ".hospital-card", sizes: ["desk", "small"] },
  { name: "window-queue", picture: false, user: "dispatcher", path: "/?window=queue", ready: ".queue .line", sizes: ["desk", "small"] },
  { name: "paper", user: "dispatcher", path: "/?nomap=1", ready: ".queue .line", sizes: ["small"], act: async (page, scene) => {
    await pick("worked")(page, scene);
    // What is printed is fetched a moment after the page.
    await page.waitForFunction(() => dispatchEvent(new Event("beforeprint")) && document.querySelector(".paper"), undefined, { polling: 200 });
    await page.emulateMedia({ media: "print" });
    await page.waitForSelector(".paper", { state: "visible" });
  } },
];
