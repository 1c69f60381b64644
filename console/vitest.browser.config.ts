/** The browser tests: a real server and a real Chromium. They live with the other tests of the house. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Whole screens and long spells, which `make test` leaves to `make test-all` and to `make browser`. */
const LONGER = ["crew", "map", "readable", "reading", "hospital_offline", "hospital_link", "windows", "spells", "first_run"];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  resolve: {
    // The tests stand outside this folder, where the packages are.
    alias: {
      "playwright-core": here("node_modules/playwright-core/index.mjs"),
      "axe-core": here("node_modules/axe-core/axe.js"),
      vitest: here("node_modules/vitest/dist/index.js"),
    },
  },
  server: { fs: { allow: [here("..")] } },
  test: {
    dir: here("../tests/browser"),
    include: ["**/*.test.ts"],
    // On purpose only: pictures by scripts/guide-pictures, a flood by `make browser-load`.
    exclude: ["**/pictures/**", "**/load/**", ...(process.env.VIGIL_SHORT ? LONGER.map((name) => `**/${name}.test.ts`) : [])],
    environment: "node",
    globalSetup: [here("../tests/browser/set_up.ts")],
    // Two files at a time, each with a server of its own: they wait for the screen more than they work.
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
