/** The two languages of the house. A page begins with one; the other follows in a quiet second, so that switching never waits. */
import { i18n, type Messages } from "@lingui/core";
import { useLingui } from "@lingui/react";
import { useMemo } from "react";
import { sources } from "virtual:texts";

import type { Words } from "../wire/rows";
import type { areas } from "./areas";
import type { vi as catalogue } from "./vi";

type Areas = typeof areas;
export type Key = keyof typeof catalogue | { [Area in keyof Areas]: keyof Areas[Area]["vi"] }[keyof Areas];
export type Language = "vi" | "en";
type Values = Record<string, string | number>;

const STORED = "vigil.language";

// No sentence of ours reads like "queue.title": the tests of every screen fail on this line.
i18n.on("missing", ({ id, locale }) => console.error(`no words (${locale}) for ${id}`));

const here = new Set<Language>();
const asked = new Map<Language, Promise<void>>();

/** Fetches the words of `language`; fails when they cannot be had, and may be asked again. */
export function fetchWords(language: Language): Promise<void> {
  const known = asked.get(language) ?? sources[language]().then(
    ({ default: messages }) => {
      // Lingui adds later words to the object it was given first: a module's own must stay as it is.
      i18n.load(language, { ...messages });
      here.add(language);
    },
    (error: unknown) => {
      asked.delete(language);
      throw error;
    },
  );
  asked.set(language, known);
  return known;
}

/** What a part says that is loaded later than the page: called where that part's own module begins. */
export function addTexts(texts: { vi: Messages; en: Messages }): void {
  i18n.load({ vi: { ...texts.vi }, en: { ...texts.en } });
}

/** Speaks `language` from now on; fails, and goes on as before, when its words cannot be had. */
export async function speak(language: Language): Promise<void> {
  if (!here.has(language)) await fetchWords(language);
  i18n.activate(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser that forbids storage only forgets the choice.
  }
}

/** The language this browser chose before; Vietnamese where it never did. */
export function chosen(): Language {
  try {
    return localStorage.getItem(STORED) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

export { i18n };

export function language(): Language {
  return i18n.locale as Language;
}

export type Tell = (key: Key, values?: Values) => string;

type Texts = { t: Tell; language: Language; say: (words: Words | string) => string };

/** The texts of the language in use; the component renders again when it changes, and only then `t` is another one. */
export function useText(): Texts {
  const lingui = useLingui();
  return useMemo(() => {
    const now = lingui.i18n.locale as Language;
    return {
      t: (key, values) => lingui.i18n._(key, values),
      language: now,
      say: (words) => (typeof words === "string" ? words : (words[now] ?? words.vi ?? "")),
    };
  }, [lingui]);
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
