/** A moment as this city's clock shows it, with the day where it is another. */
import { clock } from "../live/clock";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { useText } from "../text/i18n";

export function useWhen(): (at: string) => string {
  const { language } = useText();
  const zone = useCell(session).city!.timezone;
  return (at) => timeAndDay(at, zone, language, clock.now() / 1000);
}
