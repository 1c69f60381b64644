/** One build, two pages: the dispatcher's console and the hospital's bed board; and what the API's own page needs. */
import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

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

export default defineConfig({
  base: "/",
  plugins: [react(), apiPage],
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
