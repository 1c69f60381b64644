/** Days as the city counts them. All moments are milliseconds since 1970. */

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the city's clocks are ahead of UTC at a moment, ms. */
export function ahead(at: number, timezone: string): number {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: timezone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    formats.set(timezone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map((one) => [one.type, Number(one.value)]));
  const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return local - Math.floor(at / 1000) * 1000;
}

/** When the day of that moment began in the city. */
export function dayBegin(at: number, timezone: string): number {
  const local = at + ahead(at, timezone);
  return begins(Math.floor(local / DAY_MS) * DAY_MS, timezone);
}

/** When the day written 2026-11-22 begins in the city; NaN for what is no day. */
export function beginOf(day: string, timezone: string): number {
  const local = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(local) ? NaN : begins(local, timezone);
}

/** 2026-11-22, as the city counts. */
export function dayOf(at: number, timezone: string): string {
  return new Date(at + ahead(at, timezone)).toISOString().slice(0, 10);
}

/** How long the day is that begins then: 23 and 25 hours are days too where clocks are changed. */
export function lengthOf(begin: number, timezone: string): number {
  return dayBegin(begin + DAY_MS + DAY_MS / 8, timezone) - begin;
}

function begins(localMidnight: number, timezone: string): number {
  const guess = localMidnight - ahead(localMidnight, timezone);
  return localMidnight - ahead(guess, timezone);
}
