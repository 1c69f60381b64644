/** The crew's phone: nothing to do, an order, each part of a job, a call for help, no line. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";

import type { Scene } from "../scene";
import type { Screen } from "./screen";

const TAKEN = ["accepted", "en_route"];

/** An order for the crew of the phone; `told` milestones have been reported. */
async function ordered({ town, crew }: Scene, told: string[], danger?: string): Promise<void> {
  const { id } = await town.incident("Ngã cầu thang, đau lưng, không đứng dậy được", "P2");
  const run_id = randomUUID();
  await town.ask("POST", `/incidents/${id}/runs`, { run_id, unit_id: crew, confirm_place: true });
  for (const milestone of told) await town.ask("POST", `/runs/${run_id}/milestones`, { milestone, at: new Date().toISOString() });
  if (danger) await town.ask("PUT", `/incidents/${id}/danger`, { danger });
}

async function over({ town, crew }: Scene): Promise<void> {
  await town.endRuns(crew);
  const alarms = (await town.ask("GET", "/crew-alarms")) as { id: string; status: string; callsign: string }[];
  for (const { id, status } of alarms.filter((each) => each.callsign === crew)) { // others' stand on
    if (status === "sounding") await town.ask("POST", `/crew-alarms/${id}/acknowledge`);
    if (status !== "closed") await town.ask("POST", `/crew-alarms/${id}/close`, { outcome: "safe" });
  }
}

const PARTS = { job: 0, road: 1, patients: 2, hospital: 3 } as const;

/** With a job in hand, at one of its four parts. */
const at = (part: keyof typeof PARTS, shows: string, told = TAKEN) => async (page: Page, scene: Scene) => {
  await ordered(scene, told);
  await page.waitForSelector(".next-button");
  await page.locator(".parts button").nth(PARTS[part]).click();
  await page.waitForSelector(shows);
};

const phone = { user: "crew", path: "/crew", ready: ".phone .lamp.live", sizes: ["phone"] as Screen["sizes"], after: over };

export const CREW_SCREENS: Screen[] = [
  { name: "crew-idle", ...phone },
  { name: "crew-offer", ...phone, act: async (page, scene) => {
    await ordered(scene, []);
    await page.waitForSelector(".offer");
  } },
  { name: "crew-job", ...phone, act: async (page, scene) => {
    await ordered(scene, TAKEN, "Chó dữ, chủ nhà đang giữ");
    await page.waitForSelector(".danger-strip");
  } },
  { name: "crew-road", ...phone, act: at("road", ".road-picture .ahead") },
  { name: "crew-patients", ...phone, act: at("patients", ".parts button[aria-current]", [...TAKEN, "on_scene"]) },
  { name: "crew-hospital", ...phone, act: at("hospital", ".hospital-list li", [...TAKEN, "on_scene", "patient_contact"]) },
  { name: "crew-sos", ...phone, act: async (page, scene) => {
    await scene.town.ask("POST", `/units/${scene.crew}/sos`, { id: randomUUID() });
    await page.waitForSelector(".sos-state.sounding");
    await page.locator(".sos-button").press("Enter");
    await page.waitForSelector(".sos .others");
  } },
  { name: "crew-offline", ...phone, act: async (page, scene) => {
    await ordered(scene, TAKEN);
    await page.waitForSelector(".next-button:not([disabled])");
    await page.waitForTimeout(3_000); // what a page puts off is there by now, such as the other language
    await page.context().setOffline(true);
    await page.waitForSelector(".lamp.cut", { timeout: 15_000 });
    await page.click(".next-button");
    await page.waitForSelector(".unsent");
  } },
];
