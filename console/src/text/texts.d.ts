/** The catalogues `vi.ts` and `en.ts`, as vite.config.ts reads them for the pages. */
declare module "virtual:texts" {
  import type { Messages } from "@lingui/core";

  export const vi: Messages;
  export const en: Messages;
}
