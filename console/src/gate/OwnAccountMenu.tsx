/** One's own account: until when the session goes, and whether a code is asked for at the sign-in. No modal. */
import "./texts";
import "./gate.css";

import { useEffect, useRef } from "react";

import { useSecond } from "../live/ticker";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { useText } from "../text/i18n";
import { SetUpCode } from "./SetUpCode";

export function OwnAccountMenu({ close }: { close: () => void }) {
  const { t, language } = useText();
  const { me, city } = useCell(session);
  const now = useSecond();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("button, input")?.focus();
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || !box.current?.contains(event.target as Node)) return;
      event.preventDefault();
      close();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [close]);
  if (!me || !city) return null;
  return (
    <div ref={box} className="panel display-menu" role="group" aria-label={t("account.title", { name: me.username })}>
      <h2 className="sub-head">{t("account.title", { name: me.username })}</h2>
      {me.session_ends_at && <p>{t("account.until", { time: timeAndDay(me.session_ends_at, city.timezone, language, now) })}</p>}
      {me.vouched_for ? <p>{t("account.vouched_for")}</p> : <SetUpCode username={me.username} there={me.second_factor} />}
      <button type="button" className="quiet" onClick={close}>{t("sheet.close")} <kbd>Esc</kbd></button>
    </div>
  );
}
