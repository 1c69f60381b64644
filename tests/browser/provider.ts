/** The small OpenID Connect provider of the integration tests, as a process of its own. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { ROOT } from "./server";

const RUN = `
from tests.servers.oidc_provider import Provider
provider = Provider()
print(provider.issuer, flush=True)
try:
    while True:
        input()
        print(",".join(provider.left), flush=True)
except EOFError:
    provider.close()
`;

export type Provider = {
  issuer: string;
  /** Who has signed out there, by subject. */
  left: () => Promise<string[]>;
  close: () => void;
};

export async function openProvider(): Promise<Provider> {
  const child = spawn(join(ROOT, ".venv/bin/python"), ["-c", RUN], { cwd: ROOT, env: { ...process.env, PYTHONPATH: ROOT } });
  let faults = "";
  child.stderr.on("data", (words: Buffer) => { faults += String(words); });
  let ended = false;
  child.once("exit", () => { ended = true; });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done || ended) throw new Error(`the provider ended:\n${faults}`);
    return value;
  };
  return {
    issuer: await line(),
    left: async () => {
      const told = line();
      child.stdin.write("\n");
      return (await told).split(",").filter((name) => name !== "");
    },
    close: () => child.stdin.end(),
  };
}
