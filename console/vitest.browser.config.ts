/** The browser tests: a real server and a real Chromium. They live with the other tests of the house. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Whole screens and long spells, which `make test` leaves to `make test-all` and to `make browser`. */
const LONGER = ["crew", "crew_disk", "crew_sos", "killed", "crew_offline", "crew_phone", "leaving", "map", "readable", "reading", "hospital_offline", "hospital_link", "windows", "spells", "first_run", "sign_in", "planner"];

/** Begun first, so that none of them is left alone at the end: a restart takes long, and so does a minute of waiting. */
const LONGEST = ["outage", "command", "oversight", "acts", "traffic"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

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
    // Three files at a time, each with a server of its own: they wait for the screen more than they work.
    fileParallelism: true,
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
