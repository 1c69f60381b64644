/** Writes the worker that keeps one page: with the names of all its files, which only the build knows. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { nameOf } from "../build/plugin";

type Chunk = {
  type: "chunk"; fileName: string; facadeModuleId?: string | null; imports: string[]; dynamicImports: string[]; code: string;
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
};
type Bundle = Record<string, Chunk | { type: "asset"; fileName: string; source: string | Uint8Array }>;
type Shell = { page: string; path: string; worker: string; also?: string[] };

const SOURCE = fileURLToPath(new URL("worker.js", import.meta.url));
const PLACE = '/* filled in by the build */ { path: "", version: "", files: [] }';
/** Of the fonts only what Vietnamese and English need: the phone's own stands in for a stray letter. */
const FONT = /\/noto-sans-(vietnamese|latin)-wght-/;

export function offlineShell({ page, path, worker, also = [] }: Shell) {
  return {
    name: `offline-${worker}`,
    generateBundle: {
      order: "post" as const,
      handler(this: { emitFile(file: object): string }, _: unknown, bundle: Bundle) {
        const source = readFileSync(SOURCE, "utf8");
        if (!source.includes(PLACE)) throw new Error(`${SOURCE} has no place for the list of files`);
        const files = [path, ...also, ...filesOf(page, bundle).map((name) => `/${name}`)];
        // The page kept says which build it is of: a new build is a new worker, even where no file of this page changed.
        const version = createHash("sha256").update(files.join("\n") + nameOf(bundle) + source).digest("hex").slice(0, 12);
        this.emitFile({ type: "asset", fileName: worker, source: source.replace(PLACE, JSON.stringify({ path, version, files })) });
      },
    },
  };
}

/** Scripts, those that are loaded later too; styles; and the fonts that the styles name. */
function filesOf(page: string, bundle: Bundle): string[] {
  const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === "chunk");
  const entry = chunks.find((one) => one.facadeModuleId?.endsWith(`/${page}`));
  if (!entry) throw new Error(`the build has no ${page}`);
  const found = new Set<string>();
  const take = (name: string) => {
    const one = bundle[name];
    if (found.has(name) || one?.type !== "chunk") return;
    found.add(name);
    [...one.imports, ...one.dynamicImports].forEach(take);
    one.viteMetadata?.importedCss.forEach((style) => found.add(style));
  };
  take(entry.fileName);
  return [...found, ...Object.keys(bundle).filter((name) => FONT.test(`/${name}`))].sort();
}
