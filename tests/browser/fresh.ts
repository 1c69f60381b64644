/** Whether the built console is of the sources beside it: an older one fails tests of what it has not got, and nobody knows why. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Throws, with what to do, where nothing is built or a source was written after the build. */
export function insistOnFreshBuild(console: string): void {
  const built = join(console, "dist/index.html");
  const cure = "run `npm run build` in console/ first.";
  if (!existsSync(built)) throw new Error(`${built} is missing: ${cure}`);
  const since = statSync(built).mtimeMs;
  const newer = readdirSync(join(console, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .find((file) => statSync(file).mtimeMs > since);
  if (newer) throw new Error(`${newer} is newer than the built console: ${cure}`);
}
