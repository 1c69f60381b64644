/** What goes by itself: on its incident, and while it counts down. The hand that stops it is a key away. */
import { useSecond } from "../live/ticker";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { IncidentRow } from "../wire/rows";

type Auto = NonNullable<IncidentRow["auto_dispatch"]>;

/** Whole seconds until it goes; never below zero, nor above what was given. `now` : seconds since 1970, by the server. */
export function leftOf(auto: Auto, now: number): number {
  return Math.max(0, Math.min(Math.round(auto.veto_s), Math.ceil(Date.parse(auto.due_at) / 1000 - now)));
}

/** What counts down, the next to go first: that is the one the key stops. */
export function countingDown(incidents: IncidentRow[]): { incident: IncidentRow; auto: Auto }[] {
  return incidents
    .flatMap((incident) => incident.auto_dispatch?.state === "proposed" && !incident.closed_at ? [{ incident, auto: incident.auto_dispatch }] : [])
    .sort((a, b) => Date.parse(a.auto.due_at) - Date.parse(b.auto.due_at) || a.incident.number - b.incident.number);
}

export function AutoDispatch({ auto }: { auto: Auto }) {
  const { t } = useText();
  const now = useSecond();
  const callsigns = auto.callsigns.join(", ");
  if (auto.state === "proposed") return <p className="auto-line"><b>{t("auto.goes", { callsigns, time: span(leftOf(auto, now)) })}</b></p>;
  if (auto.state === "vetoed") return <p className="faint">{t("auto.vetoed", { callsigns, who: auto.by ?? "—" })}{auto.why && ` “${auto.why}”`}</p>;
  if (auto.state === "sent") return <p className="faint">{t("auto.sent", { callsigns })}</p>;
  return null;
}
