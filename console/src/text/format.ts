/** Numbers and times as a desk reads them. */
import type { Language } from "./i18n";

/** 0:40, 12:43, 1:17:22. Negative spans (clocks differ a little) read as zero. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${s}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${s}`;
}

/** The name of a hospital where room is short: BV, as signs and crews write it. */
export function shortly(name: string): string {
  return name.replace(/^Bệnh viện(?= )/, "BV");
}

/** 850 m, 1,4 km (comma or point by language). */
export function distance(metres: number, language: Language): string {
  if (metres < 1000) return `${Math.round(metres / 10) * 10} m`;
  const kilometres = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${kilometres.format(metres / 1000)} km`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** 19:06:22 in the city's own time zone. */
export function timeOfDay(when: string | number, timezone: string, seconds = true): string {
  const key = `${timezone}/${seconds}`;
  let format = clocks.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(seconds ? { second: "2-digit" } : {}),
    });
    clocks.set(key, format);
  }
  return format.format(typeof when === "string" ? Date.parse(when) : when);
}

/** 08:30 where that is today in the city, else 08:30 on 23/11 (vi) or 23 Nov (en). */
export function timeAndDay(when: string, timezone: string, language: Language, now: number): string {
  const time = timeOfDay(when, timezone, false);
  const at = new Date(when);
  const whole = new Intl.DateTimeFormat("en-CA", { timeZone: timezone, dateStyle: "short" });
  if (whole.format(at) === whole.format(now * 1000)) return time;
  const day = new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", {
    timeZone: timezone, day: "numeric", month: language === "vi" ? "numeric" : "short",
  });
  return `${time} ${day.format(at)}`;
}

/** The day written 2026-11-22 in words: 22/11/2026 (vi) or 22 Nov 2026 (en). */
export function dayInWords(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", {
    timeZone: "UTC", day: "2-digit", month: language === "vi" ? "2-digit" : "short", year: "numeric",
  }).format(Date.parse(`${day}T00:00:00Z`));
}

/** Seconds from an ISO time to `now` (seconds since 1970). */
export function since(iso: string, now: number): number {
  return now - Date.parse(iso) / 1000;
}

/** 10.77690, 106.70090: five decimals are about a metre. */
export function pair(point: { lat: number; lon: number }): string {
  return `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
}

/** 1,8 or 1.8: one decimal. */
export function decimal(number: number, language: Language): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(number);
}

/** 73,4 % or 73.4 %: a share of 1, with one decimal. */
export function percent(share: number, language: Language): string {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${number.format(share * 100)} %`;
}
