/** The line that says where we are: service, desk, map, link, time. */
import { useEffect, useState } from "react";

import { link, useLink, useSeq } from "../live";
import { useSecond } from "../live/ticker";
import { span, timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { useCell } from "../store/cell";
import { OwnAccount } from "../gate/OwnAccount";
import { Coverage } from "../cover/Coverage";
import { Display } from "./Display";
import { LanguageButton } from "./LanguageButton";
import { Notice, useTrouble } from "./Notice";
import { leave, session } from "./session";

export function DemoBanner() {
  const { t } = useText();
  return <div className="demo-banner" role="note">{t("demo.banner")}</div>;
}

export function Header() {
  const { t, say } = useText();
  const { me, city } = useCell(session);
  const { trouble, attempt } = useTrouble();
  if (!me || !city) return null;
  const seesAll = ["dispatcher", "supervisor", "admin"].includes(me.role);
  return (
    <header className="top">
      <h1><b className="service">{city.emergency_number}</b> {t("title.console")} <small>{say(city.name)}</small></h1>
      <OwnAccount />
      <span className="fact map-name">{t("map.title")}: <b>{city.map.kind === "drawn" ? t("map.drawn_town") : city.map.name}</b></span>
      {["dispatcher", "supervisor", "admin", "planner"].includes(me.role) && <Coverage />}
      {seesAll && <a className="look-back" href={me.role === "dispatcher" ? "/past" : "/supervisor"}>{t(me.role === "dispatcher" ? "header.past" : "header.supervise")}</a>}
      <Notice trouble={trouble} />
      <LinkLamp />
      <WallClock timezone={city.timezone} />
      <Display />
      <LanguageButton />
      <button type="button" className="quiet" onClick={() => attempt(leave)}>{t("logout")}</button>
    </header>
  );
}

/** Of a window beside the desk: what it shows, whether it is live, the time. */
export function WindowHeader({ title }: { title: string }) {
  const { city } = useCell(session);
  return (
    <header className="top">
      <h1><b className="service">{city!.emergency_number}</b> {title}</h1>
      <span className="grow" />
      <LinkLamp />
      <WallClock timezone={city!.timezone} />
      <Display />
      <LanguageButton />
    </header>
  );
}

export function LinkLamp() {
  const { t } = useText();
  const state = useLink();
  const seq = useSeq();
  const now = useSecond();
  const text = state === "live" ? t("link.live")
    : state === "starting" ? t("link.starting")
    : t("link.cut", { time: span(now - link.lastHeard / 1000) });
  return (
    <span className={`lamp ${state}`} role="status" aria-label={state === "live" ? t("link.live") : t("link.lost")}>
      <span aria-hidden="true">{state === "live" ? "●" : "■"}</span> {text}
      {state === "live" && <span className="seq" title={t("link.seq")}>seq {seq}</span>}
    </span>
  );
}

function WallClock({ timezone }: { timezone: string }) {
  const now = useSecond();
  return <time className="wall-clock">{timeOfDay(now * 1000, timezone)}</time>;
}

/** Says once, below the header, that what stands here is old. */
export function CutBar() {
  const { t } = useText();
  const state = useLink();
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(state === "cut"), [state]);
  return shown ? <div className="cut-bar" role="alert">{t("link.bar")}</div> : null;
}
