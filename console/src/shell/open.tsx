/** How every page begins: the words first, then the picture; who sits here is asked meanwhile, the rest is fetched later. */
import { I18nProvider } from "@lingui/react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";

import { watchTyping } from "../build/halfTyped";
import { NewVersion } from "../build/NewVersion";
import { watchBuild } from "../build/newer";
import { chosen, fetchWords, i18n, speak } from "../text/i18n";
import { fetchSoon } from "./later";

const AGAIN_MS = 1_000;

/** unattended : nobody sits at this page; see `NewVersion` */
export async function open(page: ReactNode, { unattended = false } = {}): Promise<void> {
  watchTyping();
  watchBuild();
  const language = chosen();
  while (!(await speak(language).then(() => true, () => false))) {
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
  createRoot(document.getElementById("root")!).render(<I18nProvider i18n={i18n}><NewVersion unattended={unattended} />{page}</I18nProvider>);
  fetchSoon(() => fetchWords(language === "vi" ? "en" : "vi"));
}
