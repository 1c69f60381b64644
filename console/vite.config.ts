/** One build, two pages: the dispatcher's console and the hospital's bed board. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.VIGIL_SERVER ?? "http://127.0.0.1:8115";

export default defineConfig({
  base: "/",
  plugins: [react()],
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
