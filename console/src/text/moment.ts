/** A time of day as it is typed at a desk, put on the day it must belong to. */
import { timeOfDay } from "./format";

const TYPED = /^\s*(\d{1,2})(?:[:.h]?(\d{2}))(?:[:.m]?(\d{2}))?\s*$/;
const DAY_S = 86_400;

/** Seconds of the day of "19:06:22", "19:06", "1906", "19h06"; null for what is no time of day. */
export function readTimeOfDay(text: string): number | null {
  const found = TYPED.exec(text);
  if (!found) return null;
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  return hours > 23 || minutes > 59 || seconds > 59 ? null : hours * 3600 + minutes * 60 + seconds;
}

/**
 * The moment nearest to `near` (ISO) at which the clocks of `timezone` show `seconds` of the day, as ISO.
 * A run that began before midnight keeps its own day.
 */
export function nearestMoment(seconds: number, near: string, timezone: string): string {
  const shown = readTimeOfDay(timeOfDay(near, timezone))!;
  let ahead = seconds - shown;
  if (ahead > DAY_S / 2) ahead -= DAY_S;
  if (ahead < -DAY_S / 2) ahead += DAY_S;
  const whole = Math.floor(Date.parse(near) / 1000) * 1000;
  return new Date(whole + ahead * 1000).toISOString();
}
