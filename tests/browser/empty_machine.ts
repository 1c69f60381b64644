/** A machine on which Vigil was never set up, beside a map file to set it up with. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { drawnTown } from "./drawn_town";
import { freePort, ROOT } from "./server";

const STARTS_WITHIN_MS = 240_000;

/** `key` : what the terminal prints behind the # of the address; it opens the pages of the first run. */
export type SetUpMachine = { url: string; key: string; map: string; close: () => Promise<void> };

export async function openSetUp(): Promise<SetUpMachine> {
  const folder = mkdtempSync(join(tmpdir(), "vigil-first-"));
  const map = join(folder, "town.osm");
  writeFileSync(map, drawnTown());
  const port = await freePort();
  const child = spawn(join(ROOT, ".venv/bin/vigil"), ["up", "--data", join(folder, "data"), "--port", String(port)], { cwd: ROOT });
  let said = "";
  const hear = (words: Buffer) => { said += String(words); };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const end = Date.now() + STARTS_WITHIN_MS;
  while (!/\/setup#\S+/.test(said)) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`vigil up printed no key (${child.exitCode}):\n${said}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const close = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await new Promise((done) => child.once("exit", done));
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, key: /\/setup#(\S+)/.exec(said)![1]!, map, close };
}
