/** A simulation of the drawn town that is over, for whoever looks at its results. */
import { randomUUID } from "node:crypto";

import { Town } from "./town";

const TAKES_MS = 240_000;
const done = new Map<string, Promise<string>>();

/** Its id; played once for each server. */
export function simulated(url: string): Promise<string> {
  const known = done.get(url) ?? play(url);
  done.set(url, known);
  return known;
}

async function play(url: string): Promise<string> {
  const town = await Town.open(url, "planner");
  const id = randomUUID();
  await town.ask("POST", "/simulations", {
    id, question: "Chờ ở điểm trực hay thêm hai xe thì đỡ trễ hơn?", source: "city", replications: 12, seed: 7,
    rivals: [{ name: "Như hiện nay" }, { name: "Chờ ở điểm trực DMEXCLP", move_up: "dmexclp" }, { name: "Thêm hai xe ở Nam Giao", more: { "nam-giao": 2 } }],
  });
  await over(town, id);
  return id;
}

/** Waits until it has results. */
export async function over(town: Town, id: string): Promise<void> {
  const deadline = Date.now() + TAKES_MS;
  while (Date.now() < deadline) {
    const { state, fault } = await town.ask("GET", `/simulations/${id}`);
    if (state === "done") return;
    if (state === "failed" || state === "stopped") throw new Error(`The simulation ${state}: ${JSON.stringify(fault)}`);
    await new Promise((next) => setTimeout(next, 500));
  }
  throw new Error("The simulation was not over in time.");
}
