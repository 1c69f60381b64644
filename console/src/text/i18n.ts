/** The two languages of the house. Both catalogues travel with the page; switching needs no request. */
import { i18n, type Messages } from "@lingui/core";
import { useLingui } from "@lingui/react";
import { en, vi } from "virtual:texts";

import type { Words } from "../wire/rows";
import type { map } from "./map.vi";
import type { vi as catalogue } from "./vi";

export type Key = keyof typeof catalogue | keyof typeof map;
export type Language = "vi" | "en";
type Values = Record<string, string | number>;

const STORED = "vigil.language";

i18n.load({ vi, en });

/** What a part says that is loaded later than the page: called where that part's own module begins. */
export function addTexts(texts: { vi: Messages; en: Messages }): void {
  i18n.load({ vi: texts.vi, en: texts.en });
}

export function speak(language: Language): void {
  i18n.activate(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser that forbids storage only forgets the choice.
  }
}

function stored(): Language {
  try {
    return localStorage.getItem(STORED) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

speak(stored());

export { i18n };

export function language(): Language {
  return i18n.locale as Language;
}

export type Tell = (key: Key, values?: Values) => string;

/** The texts of the language in use; the component renders again when it changes. */
export function useText(): { t: Tell; language: Language; say: (words: Words | string) => string } {
  const { i18n: current } = useLingui();
  const now = current.locale as Language;
  return {
    t: (key, values) => current._(key, values),
    language: now,
    say: (words) => (typeof words === "string" ? words : (words[now] ?? words.vi ?? "")),
  };
}

/** How long ago, in words, so that no age reads like a time of day; `seconds` below a minute, or ahead of us, are "just now". */
export function ago(t: Tell, seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return t("ago.now");
  if (minutes < 60) return t("ago.minutes", { count: minutes });
  if (minutes < 48 * 60) return t("ago.hours", { count: Math.floor(minutes / 60) });
  return t("ago.days", { count: Math.floor(minutes / (24 * 60)) });
}

/** The full name of a bed kind as the city calls it; the abbreviation where the city does not say. */
export function bedName(kinds: ({ kind: string } & Words)[], kind: string, now: Language, t: Tell): string {
  const name = kinds.find((one) => one.kind === kind)?.[now] ?? known(t, "bed", kind);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A key that is built from data, such as a unit status; data the catalogue does not know is shown as it came. */
export function known(t: Tell, prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return key in i18n.messages ? t(key as Key) : value;
}
