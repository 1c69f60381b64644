/** One line above the desk: the most urgent alarm, how many there are, and F8 to take it up. The rest on demand. */
import "./alarms.css";

import { en, vi } from "virtual:texts/alarms";
import { useEffect, useRef, useState } from "react";

import { atDesk, session } from "../shell/session";
import { takeKeys } from "../shell/keys";
import { Notice, useTrouble } from "../shell/Notice";
import { useSiren } from "../shell/siren";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import { acknowledgeTop, top } from "./acknowledge";
import { AlarmItem, ShelvedItem } from "./AlarmItem";
import { toTell, useChime } from "./chime";
import { held, type Standing } from "./ranked";
import { useAlarms, wordsOf } from "./useAlarms";

addTexts({ vi, en });

export function AlarmLine() {
  const { t, say } = useText();
  const { me, state } = useCell(session);
  const { standing: now, shelved } = useAlarms();
  const { trouble, attempt } = useTrouble();
  const [open, setOpen] = useState(false);
  const [over, setOver] = useState(false);
  const shown = useSteady(now, over);
  // Whoever is not signed in any more hears nothing and takes nothing up.
  const works = atDesk(me) && state === "open";
  const first = shown[0] ?? null;
  useEffect(() => { top.set(works ? first : null); }, [first, works]);
  useEffect(() => (works ? takeKeys({ F8: () => { void attempt(() => acknowledgeTop() ?? Promise.resolve()); } }) : undefined), [works, attempt]);

  const crew = works && now.some((one) => one.crew && one.sounding);
  useSiren(crew);
  const supervises = me?.role === "supervisor" || me?.role === "admin";
  useChime(crew || !works ? [] : toTell(now, supervises));

  if (first === null && shelved.length === 0) return null;
  const sounding = now.filter((one) => one.sounding).length;
  const level = sounding === 0 ? "calm" : now.some((one) => one.sounding && one.level === "red") ? "red" : "amber";
  const more = shown.length > 1 || shelved.length > 0;
  return (
    <section className={`alarms ${level}`} aria-label={t("alarms.title")} onPointerEnter={() => setOver(true)} onPointerLeave={() => setOver(false)}>
      <div className="alarms-line">
        <span className="alarms-count"><span aria-hidden="true">{level === "red" ? "■" : level === "amber" ? "▲" : "●"} </span>
          {t(sounding > 0 ? "alarms.title" : first?.line && !first.desk ? "alarms.notice" : "alarms.in_hand")} <b>{sounding || shown.length}</b>
          {sounding > 0 && <span className="unseen"> {t("alarms.count_said", { count: sounding })}</span>}</span>
        {first && <AlarmItem key={first.key} alarm={first} works={works} first />}
        {shelved.length > 0 && <small className="alarms-shelved">{t("alarms.shelved_count", { count: shelved.length })}</small>}
        {more && <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{t(open ? "alarms.fewer" : "alarms.all")}{shown.length > 1 ? ` (${shown.length})` : ""}</button>}
      </div>
      <p className="unseen" role="alert">{first?.sounding ? wordsOf(first, t, say) : ""}</p>
      <Notice trouble={trouble} />
      {open && more && (
        <ul className="alarms-list" aria-label={t("alarms.list")}>
          {shown.slice(1).map((one) => <li key={one.key} className={one.sounding ? one.level : "calm"}><AlarmItem alarm={one} works={works} /></li>)}
          {shelved.map((row) => <li key={row.id} className="calm"><ShelvedItem row={row} works={works} /></li>)}
        </ul>
      )}
    </section>
  );
}

/** While a hand is over the list nothing changes its place. */
function useSteady(now: Standing[], over: boolean): Standing[] {
  const before = useRef<string[]>([]);
  const shown = over ? held(now, before.current) : now;
  useEffect(() => { before.current = shown.map((one) => one.key); });
  return shown;
}
