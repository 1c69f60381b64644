/** Clocks of a simulated town: seconds since the counted hours began, told as the city tells time. */
import { dayBegin } from "../past/day";
import { timeOfDay } from "../text/format";
import type { Language } from "../text/i18n";

const HOUR_S = 3_600;
/** Marks stand so many hours apart. */
const STEPS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 168, 336, 720];

export type Clocks = {
  /** 08:30:00 */
  time: (moment: number) => string;
  /** 08:30 */
  short: (moment: number) => string;
  /** T2, 2/3; Mon 2 Mar */
  day: (moment: number) => string;
  /** Whole hours of the clock between two moments, evenly apart, hardly more than `most`. */
  marks: (from: number, to: number, most: number) => number[];
};

export function clocks(begins: string, timezone: string, language: Language): Clocks {
  const began = Date.parse(begins);
  const at = (moment: number) => began + moment * 1000;
  const days = new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", {
    timeZone: timezone, weekday: "short", day: "numeric", month: language === "vi" ? "numeric" : "short",
  });
  return {
    time: (moment) => timeOfDay(at(moment), timezone),
    short: (moment) => timeOfDay(at(moment), timezone, false),
    day: (moment) => days.format(at(moment)),
    marks: (from, to, most) => {
      const step = HOUR_S * (STEPS.find((hours) => (to - from) / (hours * HOUR_S) <= most) ?? STEPS.at(-1)!);
      const midnight = (dayBegin(began, timezone) - began) / 1000;
      const found: number[] = [];
      for (let mark = midnight + Math.ceil((from - midnight) / step) * step; mark <= to; mark += step) found.push(mark);
      return found;
    },
  };
}
