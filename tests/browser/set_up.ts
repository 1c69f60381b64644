/** One server for the whole run; the test of a power cut starts another of its own. */
import type { TestProject } from "vitest/node";

import { Server } from "./server";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // One that runs already, as `vigil up --demo --no-demo-driver --city demo` opens it: for trying out a test.
  if (process.env.VIGIL_AT) {
    project.provide("url", process.env.VIGIL_AT);
    return async () => undefined;
  }
  const server = await Server.open();
  project.provide("url", server.url);
  return () => server.close();
}

declare module "vitest" {
  interface ProvidedContext {
    url: string;
  }
}
