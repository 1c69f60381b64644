/**
 * One server for each file that runs at a time, which takes its turn with the files; the town is drawn once for all.
 * The test of a power cut starts another server of its own.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { insistOnFreshBuild } from "./fresh";
import { draw, ROOT, Server } from "./server";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // One that runs already, as `vigil up --demo --no-demo-driver --city demo` opens it: for trying out a test.
  if (process.env.VIGIL_AT) {
    project.provide("urls", Array<string>(project.config.maxWorkers).fill(process.env.VIGIL_AT));
    return async () => undefined;
  }
  insistOnFreshBuild(join(ROOT, "console"));
  const drawn = process.env.VIGIL_DRAWN ? null : mkdtempSync(join(tmpdir(), "vigil-drawn-"));
  if (drawn) {
    await draw(drawn);
    process.env.VIGIL_DRAWN = drawn; // the files' processes are children of this one
  }
  const servers = await Promise.all(Array.from({ length: project.config.maxWorkers }, () => Server.open()));
  project.provide("urls", servers.map((server) => server.url));
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
    if (drawn) rmSync(drawn, { recursive: true, force: true });
  };
}

declare module "vitest" {
  interface ProvidedContext {
    urls: string[];
  }
}
