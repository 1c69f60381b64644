/** The catalogues as vite.config.ts reads them for the pages. */
declare module "virtual:texts" {
  import type { Messages } from "@lingui/core";

  /** `vi.ts` and `en.ts`: each language is a file of its own, for a page begins with one. */
  export const sources: Record<"vi" | "en", () => Promise<{ default: Messages }>>;
}

/** An area of `areas.ts`, both languages together. */
declare module "virtual:texts/*" {
  import type { Messages } from "@lingui/core";

  export const vi: Messages;
  export const en: Messages;
}
