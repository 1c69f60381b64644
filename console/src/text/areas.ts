/**
 * Words that come with the part of a page that says them. A new area is one line here; its part begins with
 * `import { en, vi } from "virtual:texts/<area>"` and `addTexts({ vi, en })`. All other words stand in `vi.ts` and
 * `en.ts` and are there from the first second: keep those few.
 */
import { admin as adminEn } from "./admin.en";
import { admin as adminVi } from "./admin.vi";
import { ahead as aheadEn } from "./ahead.en";
import { ahead as aheadVi } from "./ahead.vi";
import { alarms as alarmsEn } from "./alarms.en";
import { alarms as alarmsVi } from "./alarms.vi";
import { care as careEn } from "./care.en";
import { care as careVi } from "./care.vi";
import { clinic as clinicEn } from "./clinic.en";
import { clinic as clinicVi } from "./clinic.vi";
import { crew as crewEn } from "./crew.en";
import { crew as crewVi } from "./crew.vi";
import { command as commandEn } from "./command.en";
import { command as commandVi } from "./command.vi";
import { gate as gateEn } from "./gate.en";
import { gate as gateVi } from "./gate.vi";
import { desk as deskEn } from "./desk.en";
import { desk as deskVi } from "./desk.vi";
import { map as mapEn } from "./map.en";
import { map as mapVi } from "./map.vi";
import { opened as openedEn } from "./opened.en";
import { opened as openedVi } from "./opened.vi";
import { setup as setupEn } from "./setup.en";
import { setup as setupVi } from "./setup.vi";
import { mending as mendingEn } from "./mending.en";
import { mending as mendingVi } from "./mending.vi";
import { oversight as oversightEn } from "./oversight.en";
import { oversight as oversightVi } from "./oversight.vi";
import { planner as plannerEn } from "./planner.en";
import { planner as plannerVi } from "./planner.vi";
import { ward as wardEn } from "./ward.en";
import { ward as wardVi } from "./ward.vi";

export const areas = {
  ahead: { vi: aheadVi, en: aheadEn },
  admin: { vi: adminVi, en: adminEn },
  alarms: { vi: alarmsVi, en: alarmsEn },
  care: { vi: careVi, en: careEn },
  clinic: { vi: clinicVi, en: clinicEn },
  crew: { vi: crewVi, en: crewEn },
  command: { vi: commandVi, en: commandEn },
  gate: { vi: gateVi, en: gateEn },
  desk: { vi: deskVi, en: deskEn },
  map: { vi: mapVi, en: mapEn },
  opened: { vi: openedVi, en: openedEn },
  setup: { vi: setupVi, en: setupEn },
  mending: { vi: mendingVi, en: mendingEn },
  ward: { vi: wardVi, en: wardEn },
  planner: { vi: plannerVi, en: plannerEn },
  oversight: { vi: oversightVi, en: oversightEn },
};
