/** Gives each build a name of its own, told in every page and in `build.txt`, so that a page can see that it is an old one. */
import { createHash } from "node:crypto";

type Asset = { type: "asset"; fileName: string; source: string | Uint8Array };
export type Bundle = Record<string, { type: "chunk"; fileName: string } | Asset>;

export const NAME_OF_BUILD = "vigil-build";

/** Of the names alone: those of scripts and styles carry a digest of what is in them, and pages name them. */
export function nameOf(bundle: Bundle): string {
  const names = Object.keys(bundle).filter((name) => name.startsWith("assets/")).sort();
  return createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 12);
}

export const buildName = {
  name: "build-name",
  generateBundle: {
    order: "post" as const,
    handler(this: { emitFile(file: object): string }, _: unknown, bundle: Bundle) {
      const build = nameOf(bundle);
      for (const one of Object.values(bundle)) {
        if (one.type !== "asset" || !one.fileName.endsWith(".html")) continue;
        one.source = String(one.source).replace("</head>", `  <meta name="${NAME_OF_BUILD}" content="${build}" />\n  </head>`);
      }
      this.emitFile({ type: "asset", fileName: "build.txt", source: build });
    },
  },
};
