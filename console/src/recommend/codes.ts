/** The city's list of reasons for going against the advice, and those reasons in words. */
import { useEffect, useState } from "react";

import type { Language } from "../text/i18n";
import type { OverrideCode } from "../wire/answers";
import * as api from "../wire/api";

let loaded: Promise<OverrideCode[]> | null = null;

/** The list changes a few times a year; one load a page is enough. */
export function useCodes(): OverrideCode[] {
  const [codes, setCodes] = useState<OverrideCode[]>([]);
  useEffect(() => {
    let ours = true;
    loaded ??= api.overrideCodes().then((answer) => answer.codes);
    loaded.then((found) => ours && setCodes(found), () => { loaded = null; });
    return () => { ours = false; };
  }, []);
  return codes;
}

/** "road: flooded" as "a street is blocked or slow: flooded"; what begins with no code stands as it was typed. */
export function inWords(said: string, codes: OverrideCode[], language: Language): string {
  const [code, ...more] = said.split(":");
  const words = codes.find((one) => one.code === code!.trim())?.[language];
  return words === undefined ? said : [words, ...more].join(":");
}
