/** Reasons of the advice as a person reads them: the stored sentence keeps codes and full times, the screen does not. */
import type { City } from "../wire/answers";
import { timeOfDay } from "./format";
import { bedName, known, type Language, type Tell } from "./i18n";

const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})/g;
/** Where a code of a speciality stands in those sentences: behind one of these words, or before one of the others. */
const SPECIALITY = /(\bno |\bwith |chuyên khoa )([a-z]{3,14})(?![\p{L}])|^([a-z]{3,14})(?= is (?:closed|open))/gu;
const BED = /(\bno |\bkeeps no |giường )([A-Z][A-Za-z]{4,25})(?![\p{L}])/gu;

/** The sentence with names, times and codes in the language of the reader. A word nobody knows stands as it came. */
export function spoken(sentence: string, city: City, language: Language, t: Tell): string {
  let told = sentence.replace(MOMENT, (moment) => timeOfDay(moment, city.timezone, false));
  told = told.replace(SPECIALITY, (whole, before: string | undefined, code: string | undefined, first: string | undefined) => {
    const words = known(t, "speciality", (code ?? first)!);
    return words === (code ?? first) ? whole : `${before ?? ""}${words}`;
  });
  told = told.replace(BED, (whole, before: string, kind: string) => {
    const words = bedName(city.bed_kinds, kind, language, t);
    return words === kind ? whole : `${before}${words.toLowerCase()}`;
  });
  if (language === "vi") return told;
  for (const { name, name_en } of city.hospitals) if (name_en && told.includes(name)) told = told.replaceAll(name, name_en);
  return told;
}
