/** Taking the pictures of the guides: the browser tests' server and Chromium, another folder. */
import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";

import browser from "./vitest.browser.config.ts";

const merged = mergeConfig(browser, {});
merged.test!.dir = fileURLToPath(new URL("../tests/browser/pictures", import.meta.url));
merged.test!.exclude = [];
export default merged;
