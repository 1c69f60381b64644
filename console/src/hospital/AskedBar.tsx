/** Whether an ambulance waits for this hospital's word. It stays in sight, and its place is always there: nothing moves under a thumb. */
import { useSecond } from "../live/ticker";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { Expected } from "../wire/answers";
import { waits } from "./sound";

export const INBOUND = "inbound";

export function AskedBar({ expected }: { expected: ReadonlyMap<string, Expected> }) {
  const { t } = useText();
  const now = useSecond();
  const asked = [...expected.values()].filter(waits);
  const left = asked.flatMap((one) => (one.answer_by ? [Date.parse(one.answer_by) / 1000 - now] : [])).filter((one) => one > 0).sort((a, b) => a - b)[0];
  return (
    <div role="status" className="asked-holder">
      {asked.length === 0 ? <div className="asked-bar nobody"><span>{t("ward.asked_nobody")}</span></div> : (
        <div className="asked-bar">
          <b className="grow"><span aria-hidden="true">▲ </span>{t("ward.asked", { count: asked.length })}</b>
          <span aria-hidden="true" className="timer">{left === undefined ? "" : span(left)}</span>
          <button type="button" onClick={() => document.getElementById(INBOUND)?.scrollIntoView({ block: "start" })}>{t("ward.show_asked")}</button>
        </div>
      )}
    </div>
  );
}
