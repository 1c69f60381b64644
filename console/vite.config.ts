/** One build, three pages: the dispatcher's console, the hospital's bed board, the crew's phone; and what the API's own page needs. */
import { readFileSync } from "node:fs";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { buildName } from "./src/build/plugin";
import { offlineShell } from "./src/offline/plugin";
import { areas } from "./src/text/areas";
import { en } from "./src/text/en";
import { vi } from "./src/text/vi";

const server = process.env.VIGIL_SERVER ?? "http://127.0.0.1:8115";

/** The page at /docs stands on our own origin too: no script of it comes from elsewhere. */
const apiPage = {
  name: "api-page",
  generateBundle(this: { emitFile(file: object): string }) {
    for (const name of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
      const source = readFileSync(`node_modules/swagger-ui-dist/${name}`);
      this.emitFile({ type: "asset", fileName: `api-page/${name}`, source });
    }
  },
};

type Texts = Record<string, string>;

const read = (texts: Texts) =>
  JSON.stringify(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compileMessage(text)])));

/** The words of the first second by language, and each area of src/text/areas.ts with both. */
const modules: Record<string, () => string> = {
  "virtual:texts": () => 'export const sources = { vi: () => import("virtual:texts.vi"), en: () => import("virtual:texts.en") };\n',
  "virtual:texts.vi": () => `export default ${read(vi)};\n`,
  "virtual:texts.en": () => `export default ${read(en)};\n`,
  ...Object.fromEntries(Object.entries(areas as Record<string, { vi: Texts; en: Texts }>).map(([area, said]) => [
    `virtual:texts/${area}`, () => `export const vi = ${read(said.vi)};\nexport const en = ${read(said.en)};\n`])),
};

/** The catalogues as the pages use them: read here, so that no page carries the reader of plural forms. */
const readTexts = {
  name: "texts",
  resolveId: (id: string) => (id.startsWith("virtual:texts") ? `\0${id}` : undefined),
  load(id: string) {
    if (!id.startsWith("\0virtual:texts")) return undefined;
    const module = modules[id.slice(1)];
    if (!module) throw new Error(`${id.slice(1)} is not in src/text/areas.ts`);
    return module();
  },
};

export default defineConfig({
  base: "/",
  plugins: [
    react(), apiPage, readTexts, buildName,
    offlineShell({ page: "crew.html", path: "/crew", worker: "crew-worker.js", also: ["/vigil.svg", "/crew.webmanifest", "/crew-192.png"] }),
    offlineShell({ page: "hospital.html", path: "/hospital", worker: "hospital-worker.js", also: ["/vigil.svg", "/hospital.webmanifest"] }),
    offlineShell({ page: "beds.html", path: "/hospital/beds", worker: "beds-worker.js", also: ["/vigil.svg"] }),
  ],
  build: {
    target: "es2022",
    // The map is one large library; it is a chunk of its own and only the console loads it.
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: {
        console: "index.html", hospital: "hospital.html", beds: "beds.html", crew: "crew.html", setup: "setup.html",
        past: "past.html", planner: "planner.html", supervisor: "supervisor.html", wall: "wall.html",
        admin: "admin.html",
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: server, ws: true },
      "/basemap": { target: server },
    },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    // Components in a test know both languages at once, as a page does after its first seconds.
    setupFiles: ["tests/all_words.ts"],
  },
});
