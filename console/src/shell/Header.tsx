/** The line that says where we are: service, desk, map, link, time. */
import { useEffect, useState } from "react";

import { link, useLink, useSeq } from "../live";
import { roads } from "../live/roads";
import { useSecond } from "../live/ticker";
import { span, timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import { useCell } from "../store/cell";
import { Coverage } from "../cover/Coverage";
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
  return (
    <header className="top">
      <h1><b className="service">{city.emergency_number}</b> {t("title.console")} <small>{say(city.name)}</small></h1>
      <span className="fact">{me.username} · {known(t, "role", me.role)}</span>
      <span className="fact map-name">{t("map.title")}: <b>{city.map.name}</b></span>
      {["dispatcher", "supervisor", "admin", "planner"].includes(me.role) && <Coverage />}
      <Notice trouble={trouble} />
      <LinkLamp />
      <WallClock timezone={city.timezone} />
      <LanguageButton />
      <button type="button" className="quiet" onClick={() => attempt(leave)}>{t("logout")}</button>
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
      {state === "live" && <span className="seq">seq {seq}</span>}
    </span>
  );
}

function WallClock({ timezone }: { timezone: string }) {
  const now = useSecond();
  return <time className="wall-clock">{timeOfDay(now * 1000, timezone)}</time>;
}

const MOST_LINES = 3;

/** What is wrong with the service itself, until it is right again. */
export function AlarmBar() {
  const { t, say } = useText();
  const alarms = useCell(roads.alarms);
  const timezone = useCell(session).city!.timezone;
  const line = (one: (typeof alarms)[number]) => (
    <p key={one.code}><span aria-hidden="true">■ </span>{say(one.text)}{" "}
      <small>{t("alarm.since", { time: timeOfDay(one.since, timezone, false) })}</small></p>
  );
  // A bar that fills the screen hides what it warns of.
  const [first, rest] = [alarms.slice(0, MOST_LINES), alarms.slice(MOST_LINES)];
  return alarms.length === 0 ? null : (
    <div className="alarm-bar" role="alert">
      {first.map(line)}
      {rest.length > 0 && <details><summary>{t("alarm.more", { count: rest.length })}</summary>{rest.map(line)}</details>}
    </div>
  );
}

/** Says once, below the header, that what stands here is old. */
export function CutBar() {
  const { t } = useText();
  const state = useLink();
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(state === "cut"), [state]);
  return shown ? <div className="cut-bar" role="alert">{t("link.bar")}</div> : null;
}
