/** Machines beside the one of the town: one that was never set up, and one whose supervisors sign in with a code. */
import { openSetUp, type SetUpMachine } from "./empty_machine";
import { Server } from "./server";

export type Machine = "empty" | "strict";

const CODES = '[second_factor]\nrequired = ["supervisor"]\n';
export const STRICT_USER = { name: "chi", password: "a good password" };
const open: { empty?: Promise<SetUpMachine>; strict?: Promise<Server> } = {};

/** Where this machine answers. It starts when it is first asked for. */
export async function machineUrl(machine: Machine): Promise<string> {
  if (machine === "empty") return (await (open.empty ??= openSetUp())).url;
  return (await (open.strict ??= strict())).url;
}

/** Accounts of the demo need no code; this one does. */
async function strict(): Promise<Server> {
  const server = await Server.open([], { "sign-in.toml": CODES });
  server.addUser(STRICT_USER.name, "supervisor", STRICT_USER.password);
  return server;
}

/** The key that opens the pages of the first run. */
export async function setUpKey(): Promise<string> {
  return (await (open.empty ??= openSetUp())).key;
}

/** The map file for the machine without a city. */
export async function drawnMap(): Promise<string> {
  return (await (open.empty ??= openSetUp())).map;
}

export async function closeMachines(): Promise<void> {
  await Promise.all([open.empty, open.strict].map(async (one) => (await one)?.close()));
}
