/** What became of the question whether a crew or a station takes the run. */
import { useSecond } from "../live/ticker";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { RunRow } from "../wire/rows";

export function Offer({ run }: { run: RunRow }) {
  const { t } = useText();
  const now = useSecond();
  const { offer } = run;
  if (!offer) return null;
  if (offer.state === "open") {
    const left = Math.max(0, Math.round(Date.parse(offer.until) / 1000 - now));
    return <span className="faint">{t(offer.asked === "station" ? "offer.station" : "offer.crew", { time: span(left) })}</span>;
  }
  if (offer.next_callsign) return <span className="faint">{t("offer.passed_on", { callsign: offer.next_callsign })}</span>;
  return offer.state === "lapsed" ? <b className="hot"><span aria-hidden="true">▲ </span>{t("offer.lapsed")}</b> : null;
}
