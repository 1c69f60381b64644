/** What became of the last order: pending until the record has it, and trouble in words until it is mended. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { sent, type Sent } from "./sent";

export function LastResult() {
  const { t } = useText();
  const all = useCell(sent);
  const waiting = all.filter((one) => one.state === "sending");
  const last = all.at(-1);
  return (
    <p className="result" role="status">
      {waiting.length > 0
        ? waiting.map((one) => <span key={one.id} className="waits sending">{t("command.sending", { what: one.what })}</span>)
        : last?.state === "done" && <>
            <span className="done">{t("command.done", { what: last.what })}</span>{" "}
            <small>{last.seq > 0 && `seq ${last.seq} · `}{Math.round(last.ended - last.began)} ms</small>
          </>}
    </p>
  );
}

/** Stands above the line until something else was ordered. */
export function Trouble() {
  const { t } = useText();
  const last = useCell(sent).at(-1);
  const { timezone } = useCell(session).city!;
  if (!last || !["failed", "unsent", "busy"].includes(last.state)) return null;
  return (
    <div className="notice" role="alert"><span aria-hidden="true">■ </span>{words(last, t, timezone)}
      {!last.back && <> {t("command.put_back")}</>}</div>
  );
}

function words(one: Sent, t: ReturnType<typeof useText>["t"], timezone: string): string {
  if (one.state === "unsent") return t("command.unsent");
  const why = one.state === "busy" ? t("command.busy") : one.why;
  const taken = one.taken && t("command.taken", { who: one.taken.by, time: timeOfDay(one.taken.since, timezone) });
  const next = one.next && t("command.next_best", { callsign: one.next.callsign });
  return [t("command.failed", { what: one.what, why }), taken, next].filter(Boolean).join(" ");
}
