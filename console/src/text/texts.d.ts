/** The catalogues as vite.config.ts reads them for the pages: `vi.ts` with `en.ts`, and those that come later. */
declare module "virtual:texts" {
  import type { Messages } from "@lingui/core";

  export const vi: Messages;
  export const en: Messages;
}

declare module "virtual:texts/*" {
  import type { Messages } from "@lingui/core";

  export const vi: Messages;
  export const en: Messages;
}
