/** The town of the demonstration with a fleet of two thousand, all on duty. */
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "../server";
import type { Place, Town } from "../town";

export const UNITS = 2_000;
/** As callsigns are here: a letter and a number up to 999. Lower numbers are the town's own. */
const KINDS: Record<string, string[]> = {
  C: ['kind = "van"', 'capabilities = ["ALS", "BLS", "transport"]'],
  T: ['kind = "van"', 'capabilities = ["BLS", "transport"]'],
  M: ['kind = "motorbike"', 'capabilities = ["BLS", "motorbike"]'],
};
const NAMES = Array.from({ length: UNITS }, (_, place) => `${"CTM"[place % 3]!}${101 + Math.floor(place / 3)}`);
/** Orders under way at a time while the fleet is signed on. */
const AT_ONCE = 8;

/** A folder of cities for `vigil up --cities`; `clear` removes it. */
export function cityOfManyUnits(): { folder: string; clear: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "vigil-load-city-"));
  cpSync(join(ROOT, "cities/demo"), join(folder, "demo"), { recursive: true });
  const entry = (callsign: string) => ["", "[[unit]]", `callsign = "${callsign}"`, ...KINDS[callsign[0]!]!,
    'station = "trung-tam"', "assumed = true", ""].join("\n");
  appendFileSync(join(folder, "demo/fleet.toml"), NAMES.map(entry).join(""));
  return { folder, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Signs every unit on; where each of them begins to drive. */
export async function signOn(town: Town): Promise<Map<string, Place>> {
  const units = ((await town.ask("GET", "/units")) as { callsign: string; duty: string }[]).filter(({ callsign }) => NAMES.includes(callsign));
  const waiting = units.filter(({ duty }) => duty !== "on_duty");
  const work = async () => {
    for (let unit = waiting.pop(); unit; unit = waiting.pop()) {
      await town.ask("POST", `/units/${unit.callsign}/duty`, { status: "on_duty" });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const [west, south, east, north] = town.city.map.bounds as [number, number, number, number];
  const inside = (low: number, high: number) => low + (high - low) * (0.15 + 0.7 * Math.random());
  return new Map(units.map(({ callsign }) => [callsign, { lat: inside(south, north), lon: inside(west, east) }]));
}
