/** Automatic dispatch before every desk: who goes where in how many seconds, and the one key that stops it. */
import { useEffect, useRef } from "react";

import { countingDown, leftOf } from "../boards/AutoDispatch";
import { useRows } from "../live";
import { useSecond } from "../live/ticker";
import { PriorityBadge } from "../queue/PriorityBadge";
import { usePending, waiting } from "../store/pending";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import { takeKeys } from "./keys";
import { Notice, useTrouble } from "./Notice";
import { selectIncident } from "./selection";

export const VETO_KEY = "F9";

export function Countdown() {
  const { t } = useText();
  const running = countingDown(useRows("incidents"));
  const now = useSecond();
  const { trouble, attempt } = useTrouble();
  const first = running[0]?.incident.id;
  const stop = (id: string) => void attempt(() => waiting.give(`veto:${id}`, () => api.veto(id)));
  const act = useRef(() => {});
  act.current = () => { if (first) stop(first); };
  useEffect(() => takeKeys({ [VETO_KEY]: () => act.current() }), []);
  if (running.length === 0) return trouble ? <div className="countdown"><Notice trouble={trouble} /></div> : null;
  return (
    <div className="countdown" role="group" aria-label={t("auto.title")}>
      <span className="unseen" role="alert">{t("auto.title")}: {running.map(({ auto }) => auto.callsigns.join(", ")).join("; ")}</span>
      {running.map(({ incident, auto }, place) => (
        <Line key={incident.id} id={incident.id} stop={() => stop(incident.id)} first={place === 0}>
          <PriorityBadge priority={incident.priority} />
          <button type="button" className="link" onClick={() => selectIncident(incident.id)}>#{incident.number}</button>
          <span className="grow">{t("auto.to", { callsigns: auto.callsigns.join(", "), place: incident.address || incident.complaint || "" })}</span>
          <b className="timer">{span(leftOf(auto, now))}</b>
        </Line>
      ))}
      <Notice trouble={trouble} />
    </div>
  );
}

type LineProps = { id: string; first: boolean; stop: () => void; children: React.ReactNode };

function Line({ id, first, stop, children }: LineProps) {
  const { t } = useText();
  const sending = usePending(`veto:${id}`);
  return (
    <div className="countdown-line">
      {children}
      <button type="button" disabled={sending} onClick={stop}>{t("auto.stop")} {first && <kbd>{VETO_KEY}</kbd>}</button>
    </div>
  );
}
