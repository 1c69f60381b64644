/** Services of a hospital by name, and when they are open. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { bedName, known, useText } from "../text/i18n";

/** A speciality, or a kind of bed, which may be turned away too. */
export function useServiceName(): (service: string) => string {
  const { t, language } = useText();
  const kinds = useCell(session).city?.bed_kinds ?? [];
  return (service) => (kinds.some((one) => one.kind === service) ? bedName(kinds, service, language, t) : known(t, "service", service));
}

/** The clock on the hospital's wall, as minutes since midnight. */
export function minuteThere(now: number, timezone: string): number {
  const [hour, minute] = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .format(now * 1000).split(":").map(Number);
  return hour! * 60 + minute!;
}

/** As the server reads "07:00-17:00", "22:00-06:00" (past midnight) and "07:00-24:00". */
export function openByHours(stretches: string[], minute: number): boolean {
  return stretches.some((text) => {
    const [first, last] = text.split("-").map((time) => {
      const [hour, minutes] = time.split(":").map(Number);
      return hour! * 60 + minutes!;
    }) as [number, number];
    return first < last ? first <= minute && minute < last : minute >= first || minute < last;
  });
}

/** "07:00-17:00", with an end that is no empty stretch; anything else is refused before it is sent. */
export const STRETCH = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
