/** Waiting for the map: its tiles, names and moves come when they come, on a busy machine late. */
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What the ground looks like now, as a short number: equal for equal pictures. */
export async function picture(page: Page): Promise<string> {
  const shot = await page.locator(".map-box").screenshot({ style: ".map-box > :not(.ground) { visibility: hidden !important; }" });
  let sum = 2166136261;
  for (const byte of shot) sum = Math.imul(sum ^ byte, 16777619);
  return `${shot.length}/${sum >>> 0}`;
}

/** Waits until nothing moves, comes or fades in any more: the same picture three times. */
export async function settled(page: Page): Promise<string> {
  const last: string[] = [];
  await expect.poll(async () => {
    last.push(await picture(page));
    return last.length > 2 && new Set(last.slice(-3)).size === 1;
  }, { interval: 300, timeout: 30_000 }).toBe(true);
  return last.at(-1)!;
}
