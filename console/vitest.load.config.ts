/** A desk in a flood, on purpose and alone on the machine: `make browser-load`. */
import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";

import browser from "./vitest.browser.config.ts";

const merged = mergeConfig(browser, {});
merged.test!.dir = fileURLToPath(new URL("../tests/browser/load", import.meta.url));
merged.test!.exclude = [];
merged.test!.globalSetup = []; // it opens a server of its own, with a fleet
export default merged;
