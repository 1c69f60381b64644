/** Figures and differences as a planner reads them. */
import { span } from "../text/format";
import type { Language, Tell } from "../text/i18n";
import type { Difference } from "../wire/simulations";

export type Unit = "share" | "seconds" | "km" | "count";

const UNITS: Record<string, Unit> = {
  late: "share", late_P1: "share", late_P2: "share", late_P3: "share", late_P4: "share", waited: "share", unserved: "share",
  lost: "share", lost_needing: "share", busy: "share",
  late_elsewhere: "share", late_as_shown: "share", late_or_lost: "share", late_or_lost_P1: "share", late_or_lost_P2: "share", late_or_lost_P3: "share", late_or_lost_P4: "share", late_elsewhere_P1: "share", lost_busiest: "share", no_bed: "share", mean_s: "seconds", median_s: "seconds", p90_s: "seconds", answer_s: "seconds",
  km: "km", km_to_scene: "km", km_to_hospital: "km", km_homeward: "km",
};
/** What we have no unit for is a time where its name ends so, else a count. */
export const unitOf = (figure: string): Unit => UNITS[figure] ?? (figure.endsWith("_s") ? "seconds" : "count");

function number(value: number, digits: number, language: Language): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** 22,0 % · 6:51 · 1.240 km · 96,3 */
export function told(figure: string, value: number | null, language: Language): string {
  if (value === null || Number.isNaN(value)) return "–";
  switch (unitOf(figure)) {
    case "share": return `${number(100 * value, 1, language)} %`;
    case "seconds": return span(Math.round(value));
    case "km": return `${number(value, 0, language)} km`;
    case "count": return number(value, 1, language);
  }
}

/** With its sign and without its unit: −2,3 · +0:26 · −16 */
export function signed(figure: string, value: number, language: Language): string {
  const size = Math.abs(value);
  const unit = unitOf(figure);
  const text = unit === "share" ? number(100 * size, 1, language)
    : unit === "seconds" ? span(Math.round(size)) : number(size, unit === "km" ? 0 : 1, language);
  const nothing = !/[1-9]/.test(text);
  return nothing ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** −2,3 điểm, −2.3 points: a difference of shares is no share. */
export function inUnit(figure: string, said: string, t: Tell): string {
  const unit = unitOf(figure);
  return unit === "share" ? t("planner.points", { value: said }) : unit === "km" ? `${said} km` : said;
}

/** What may be said of a difference: nothing where it is not sure; of some figures only that they differ. */
export type Verdict = "unsure" | "better" | "worse" | "differs";

export function verdictOf({ sure, better }: Pick<Difference, "sure" | "better">): Verdict {
  if (!sure) return "unsure";
  return better === null ? "differs" : better ? "better" : "worse";
}
