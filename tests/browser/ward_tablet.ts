import type { Page } from "playwright-core";

import { openPage } from "./desk";

/** The bed board of a hospital on the tablet of a ward. pages : those that the test closes */
export async function wardTablet(url: string, pages: Page[], language: "vi" | "en" = "en"): Promise<Page> {
  const page = await openPage(url, "hospital", { path: "/hospital", width: 820, height: 1180, language });
  pages.push(page);
  await page.waitForSelector(".bed-card");
  return page;
}
