/** Starts the real `vigil up` for a test, with a data folder and a port of its own, and stops it by its pid. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STARTS_WITHIN_MS = 240_000; // a town is drawn, read and named, perhaps beside other work

type Files = Record<string, string>;

/** A hook that ran out of time closes nothing: what it had begun ends with the process of its tests. */
const living = new Set<ChildProcess>();
process.once("exit", () => living.forEach((child) => child.kill("SIGKILL")));

export class Server {
  readonly url: string;
  private child: ChildProcess | null = null;
  private said = "";

  private constructor(private data: string, private port: number, private more: string[]) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /**
   * A drawn town with nobody in it: the test alone decides what happens. `more` : further options of `vigil up`;
   * `files` : what lies in the data folder before it starts, by name; it may depend on where the server will answer.
   */
  static async open(more: string[] = [], files: Files | ((url: string) => Files) = {}): Promise<Server> {
    const built = join(ROOT, "console/dist/index.html");
    if (!existsSync(built)) throw new Error(`${built} is missing: run \`npm run build\` in console/ first.`);
    const data = mkdtempSync(join(tmpdir(), "vigil-browser-"));
    // Drawing the town takes longest. A folder with the `maps` of an earlier data folder spares it; the server reads
    // them as it would its own, and draws anew what is of an older edition.
    if (process.env.VIGIL_DRAWN) cpSync(process.env.VIGIL_DRAWN, data, { recursive: true });
    const server = new Server(data, await freePort(), more);
    const lying = typeof files === "function" ? files(server.url) : files;
    for (const [name, words] of Object.entries(lying)) writeFileSync(join(data, name), words);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const options = ["up", "--demo", "--no-demo-driver", "--city", "demo", "--data", this.data, "--port", String(this.port), ...this.more];
    const child = spawn(join(ROOT, ".venv/bin/vigil"), options, { cwd: ROOT });
    this.child = child;
    living.add(child);
    child.once("exit", () => living.delete(child));
    const hear = (words: Buffer) => { this.said = (this.said + String(words)).slice(-4000); };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    const deadline = Date.now() + STARTS_WITHIN_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`vigil up ended with ${child.exitCode}:\n${this.said}`);
      const ready = await fetch(`${this.url}/readyz`).catch(() => null);
      if (ready?.ok) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`vigil up was not ready in time:\n${this.said}`);
  }

  /** An account as an administrator makes one on the terminal. */
  addUser(name: string, role: string, password: string): void {
    execFileSync(join(ROOT, ".venv/bin/vigil"), ["user", "add", name, "--role", role, "--data", this.data, "--password-stdin"],
      { cwd: ROOT, input: `${password}\n` });
  }

  /** As a power cut would. */
  kill(): Promise<void> {
    return this.end("SIGKILL");
  }

  async close(): Promise<void> {
    await this.end("SIGTERM");
    rmSync(this.data, { recursive: true, force: true });
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null) return Promise.resolve();
    return new Promise((done) => {
      const harder = setTimeout(() => child.kill("SIGKILL"), 10_000);
      child.once("exit", () => {
        clearTimeout(harder);
        done();
      });
      child.kill(signal);
    });
  }
}

/** Draws the town of the demo into a folder that others begin with. */
export async function draw(data: string): Promise<void> {
  const options = ["up", "--demo", "--city", "demo", "--data", data, "--prepare-only"];
  const child = spawn(join(ROOT, ".venv/bin/vigil"), options, { cwd: ROOT, stdio: "inherit" });
  const code = await new Promise((done) => child.once("exit", done));
  if (code !== 0) throw new Error(`vigil up --prepare-only ended with ${String(code)}.`);
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
