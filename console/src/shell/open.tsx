/** How every page begins: the words first, then the picture; who sits here is asked meanwhile, the rest is fetched later. */
import { I18nProvider } from "@lingui/react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";

import { chosen, fetchWords, i18n, speak } from "../text/i18n";
import { fetchSoon } from "./later";

const AGAIN_MS = 1_000;

export async function open(page: ReactNode): Promise<void> {
  const language = chosen();
  while (!(await speak(language).then(() => true, () => false))) {
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
  createRoot(document.getElementById("root")!).render(<I18nProvider i18n={i18n}>{page}</I18nProvider>);
  fetchSoon(() => fetchWords(language === "vi" ? "en" : "vi"));
}
