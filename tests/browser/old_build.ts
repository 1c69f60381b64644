/** A page of a build that the server has no more. */
import type { Page } from "playwright-core";

/** The page at this address as it was before the build that the server has now; after a reload it is the new one. */
export async function old(page: Page, address: string): Promise<void> {
  await page.addInitScript(() => {
    const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (way!.type === "reload") return;
    document.addEventListener("DOMContentLoaded", () => {
      document.querySelector<HTMLMetaElement>('meta[name="vigil-build"]')!.content = "before";
    });
  });
  await page.goto(address);
}
