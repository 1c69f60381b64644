/** The age of a unit's position when it is no longer fresh, in words and mark. */
import { positions } from "../live/positions";
import { useSecond } from "../live/ticker";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";

export function Freshness({ callsign }: { callsign: string }) {
  const { t } = useText();
  const { targets } = useCell(session).city!;
  const now = useSecond();
  const track = positions.get(callsign);
  if (!track) return <span className="age red" title={t("position.none")}>○</span>;
  const age = now - track.at;
  const state = level(age, targets.unit_position.amber_s, targets.unit_position.red_s);
  if (state === "calm") return <span className="age" />;
  const words = age < 60 ? t("age.seconds", { count: Math.floor(age) }) : t("age.minutes", { count: Math.floor(age / 60) });
  return <span className={`age ${state}`} title={t("position.age", { time: words })}>{MARK[state]} {words}</span>;
}
