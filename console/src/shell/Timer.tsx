/** A running time with its mark: ▲ amber, ■ red. Never by colour alone. */
import { useSecond } from "../live/ticker";
import { since as sinceTime, span } from "../text/format";
import { useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";

type Props = { since: string; amber?: number; red?: number; className?: string };

export function Timer({ since, amber = Infinity, red = Infinity, className = "" }: Props) {
  const { t } = useText();
  const seconds = sinceTime(since, useSecond());
  const now = level(seconds, amber, red);
  return (
    <span className={`timer ${now} ${className}`}>
      {now !== "calm" && <span aria-hidden="true" className="mark">{MARK[now]}</span>}
      {now !== "calm" && <span className="unseen">{t(now === "red" ? "level.red" : "level.amber")} </span>}
      {span(seconds)}
    </span>
  );
}
