/** A night with something of everything on the screens: a run under way, somebody waiting, a call half told, casualties. */
import { randomUUID } from "node:crypto";

import type { Town } from "./town";

export type Scene = {
  town: Town;
  /** Of incidents: one with a unit on its way, one that waits. */
  worked: { id: string; number: number };
  waiting: { id: string; number: number };
};

export async function setScene(town: Town): Promise<Scene> {
  await town.crewUp(6);
  const worked = await town.incident("Đau ngực dữ dội, vã mồ hôi", "P2");
  const { units, hospitals } = await town.ask("GET", `/incidents/${worked.id}/recommendation`);
  const run_id = randomUUID();
  await town.ask("POST", `/incidents/${worked.id}/runs`, {
    run_id, unit_id: units[0].unit_id, hospital_id: hospitals[0]?.hospital_id, bed_kind: hospitals[0]?.bed_kind,
  });
  for (const milestone of ["accepted", "en_route"]) {
    await town.ask("POST", `/runs/${run_id}/milestones`, { milestone, at: new Date().toISOString() });
  }
  await town.ask("POST", `/incidents/${worked.id}/patients`, {
    id: randomUUID(), patients: [{ colour: "red" }, { colour: "yellow" }],
  });
  await town.ask("POST", `/incidents/${worked.id}/notes`, { note_id: randomUUID(), text: "Người nhà đón ở đầu hẻm" });
  const waiting = await town.incident("Khó thở, tím môi");
  await town.ask("POST", "/calls", { phone: "0900 000 009", complaint: "Chóng mặt, té ở chợ" });
  return { town, worked, waiting };
}
