/** Counts of a link that ended, with their numbers: to be given up, or to be sent by the link that is open now. */
import { useState } from "react";

import { timeAndDay } from "../text/format";
import { useText } from "../text/i18n";
import { clock } from "../live/clock";
import type { LeftBehind } from "./leftBehind";
import { said } from "./WaitingOrders";

type Props = {
  left: LeftBehind;
  timezone: string;
  kindName: (kind: string) => string;
  /** The name of the link that may send them; null where none is open. */
  sendAs: string | null;
};

export function LeftCounts({ left: { counts, discard, carry }, timezone, kindName, sendAs }: Props) {
  const { t, language } = useText();
  const [sure, setSure] = useState(false);
  if (counts.length === 0) return null;
  return (
    <section className="waiting-line left-counts" aria-label={t("left.title", { count: counts.length })}>
      <p><b><span aria-hidden="true">▲ </span>{t("left.title", { count: counts.length })}</b> {t(sendAs === null ? "left.over" : "left.before")}</p>
      <ul>{counts.map((one) => (
        <li key={one.id}><b>{timeAndDay(one.tapped, timezone, language, clock.now() / 1000)}</b> {said(t, one.order, kindName)}</li>))}
      </ul>
      <div className="left-buttons">
        {sendAs !== null && !sure && <button type="button" className="primary" onClick={() => carry(sendAs)}>{t("left.send")}</button>}
        {!sure && <button type="button" onClick={() => setSure(true)}>{t("left.discard")}</button>}
        {sure && <>
          <button type="button" className="danger" onClick={() => { setSure(false); discard(); }}>{t("left.sure", { count: counts.length })}</button>
          <button type="button" onClick={() => setSure(false)}>{t("cancel")}</button>
        </>}
      </div>
    </section>
  );
}
