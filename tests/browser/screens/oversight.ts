/** What a room, a supervisor, an administrator and a planner look at, and the desk of a past moment. */
import { simulated } from "../simulated";
import type { Screen } from "./screen";

const past = () => `/past?nomap=1&at=${new Date().toISOString()}`;

export const OVERSIGHT_SCREENS: Screen[] = [
  { name: "wall", user: "supervisor", path: "/wall", ready: ".tile:nth-of-type(8)", sizes: ["desk", "small"] },
  { name: "supervisor-shift", user: "supervisor", path: "/supervisor#shift", ready: ".card:nth-of-type(3)", sizes: ["small", "desk", "phone"] },
  { name: "supervisor-policy", user: "supervisor", path: "/supervisor#policy", ready: ".policy-change", sizes: ["small", "phone"] },
  { name: "supervisor-figures", user: "supervisor", path: "/supervisor#figures", ready: ".table-box tbody tr", sizes: ["small", "phone"] },
  { name: "past", user: "supervisor", path: past, ready: ".queue .line", sizes: ["small", "desk"], act: async (page, scene) => {
    await page.locator(".queue .line:not(.call-line)", { hasText: `#${scene.worked.number}` }).click();
    await page.waitForSelector(".timeline .entry");
  } },
  { name: "admin", user: "admin", path: "/admin", ready: ".oversight.admin .tabs", sizes: ["small", "phone"] },
  { name: "planner", user: "planner", path: "/planner#new", ready: ".new-run", sizes: ["small", "phone"] },
  { name: "planner-results", user: "planner", path: async (scene) => `/planner#${await simulated(scene.town.url)}`, ready: ".comparison", sizes: ["small", "phone"], act: async (page) => {
    await page.waitForSelector(".replay-counts");
    await page.waitForSelector(".replay-box .maplibregl-canvas");
    await page.locator(".film-slider").fill("45000");
  } },
];
