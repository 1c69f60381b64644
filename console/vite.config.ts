/** One build, two pages: the dispatcher's console and the hospital's bed board; and what the API's own page needs. */
import { readFileSync } from "node:fs";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { en } from "./src/text/en";
import { map as mapEn } from "./src/text/map.en";
import { map as mapVi } from "./src/text/map.vi";
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

/** Every page needs `texts`; the others come with the part that speaks them (src/text/i18n.ts, `addTexts`). */
const catalogues: Record<string, { vi: Record<string, string>; en: Record<string, string> }> = {
  texts: { vi, en },
  "texts/map": { vi: mapVi, en: mapEn },
};

/** The catalogues as the pages use them: read here, so that no page carries the reader of plural forms. */
const readTexts = {
  name: "texts",
  resolveId: (id: string) => (id.startsWith("virtual:texts") ? `\0${id}` : undefined),
  load(id: string) {
    if (!id.startsWith("\0virtual:texts")) return undefined;
    const catalogue = catalogues[id.slice("\0virtual:".length)];
    if (!catalogue) throw new Error(`${id} is not in vite.config.ts`);
    const read = (texts: Record<string, string>) =>
      JSON.stringify(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compileMessage(text)])));
    return `export const vi = ${read(catalogue.vi)};\nexport const en = ${read(catalogue.en)};\n`;
  },
};

export default defineConfig({
  base: "/",
  plugins: [react(), apiPage, readTexts],
  build: {
    target: "es2022",
    // The map is one large library; it is a chunk of its own and only the console loads it.
    chunkSizeWarningLimit: 1600,
    rolldownOptions: { input: { console: "index.html", hospital: "hospital.html" } },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: server, ws: true },
      "/basemap": { target: server },
    },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"] },
});
