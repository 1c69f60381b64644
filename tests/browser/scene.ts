/** A night with something of everything on the screens: a run under way, somebody waiting, a call half told, casualties. */
import { randomUUID } from "node:crypto";

import { Town } from "./town";

export type Scene = {
  town: Town;
  /** The unit of the crew whose phone is looked at: on duty, and free. */
  crew: string;
  /** Of incidents: one with a unit on its way, one that waits, one with many hurt. */
  worked: { id: string; number: number };
  waiting: { id: string; number: number };
  crash: { id: string; number: number };
};

export async function setScene(town: Town): Promise<Scene> {
  const free = await town.crewUp(8);
  const { callsign: crew, hospital_id } = await crewAndWard(town.url);
  const others = free.filter((callsign) => callsign !== crew);
  const worked = await town.incident("Đau ngực dữ dội, vã mồ hôi", "P2");
  await sent(town, worked.id, others[0]!, hospital_id, ["accepted", "en_route"]);
  await town.ask("POST", `/incidents/${worked.id}/notes`, { note_id: randomUUID(), text: "Người nhà đón ở đầu hẻm" });
  const crash = await town.incident("Xe khách lật, nhiều người bị thương", "P1");
  await sent(town, crash.id, others[1]!, hospital_id, ["accepted", "en_route", "on_scene"]);
  await town.ask("POST", `/incidents/${crash.id}/patients`, {
    id: randomUUID(), patients: [{ category: "red" }, { category: "yellow" }, { category: "yellow" }, { category: "green" }],
  });
  const waiting = await town.incident("Khó thở, tím môi");
  await town.ask("POST", "/calls", { phone: "0900 000 009", complaint: "Chóng mặt, té ở chợ" });
  return { town, crew, worked, waiting, crash };
}

/** The unit of the demo's crew and the hospital of its ward. */
async function crewAndWard(url: string): Promise<{ callsign: string; hospital_id: string }> {
  const who = async (user: string) => (await Town.open(url, user)).ask("GET", "/me");
  return { callsign: (await who("crew")).callsign, hospital_id: (await who("hospital")).hospital_id };
}

async function sent(town: Town, incident: string, callsign: string, hospital_id: string, told: string[]): Promise<void> {
  const run_id = randomUUID();
  await town.ask("POST", `/incidents/${incident}/runs`, {
    run_id, unit_id: callsign, hospital_id, confirm_place: true, override_code: "other", override_reason: "gần nhất theo người báo",
  });
  for (const milestone of told) {
    await town.ask("POST", `/runs/${run_id}/milestones`, { milestone, at: new Date().toISOString() });
  }
}
