/** What the system advises for the selected incident, why, and the order to send. */
import { useEffect, useRef, useState, type FormEvent } from "react";

import { useRow } from "../live";
import { useRoads } from "../live/roads";
import { isOpen, waits } from "../queue/order";
import { Notice, useTrouble } from "../shell/Notice";
import { turned } from "../shell/selection";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { spoken } from "../text/reasons";
import "../text/openedTexts";
import type { Recommendation as Advised } from "../wire/answers";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import "../boards/mendingTexts";
import { HospitalChoice } from "./HospitalChoice";
import { LookAhead } from "./LookAhead";
import { carries, followsAdvice, saidOfAll, sendable, worthWaiting } from "./order";
import { OneOrder } from "./oneOrder";
import { stands } from "./onRecord";
import { barLength } from "./parts";
import { PlaceDoubt } from "./PlaceDoubt";
import { isGiven, NO_REASON, Override } from "./Override";
import { Plan } from "./Plan";
import { shownAdvice, typedAbout } from "./shown";
import { SoonFree } from "./SoonFree";
import { Swaps } from "./Swaps";
import { moreReasons, UnitChoice } from "./UnitChoice";
import { useHand } from "./useHand";
import { questionOf, useRecommendation } from "./useRecommendation";
import { WhyNot } from "./WhyNot";

const SHOWN = 5;
const SHOWN_HOSPITALS = 4;

/** Nobody is sent to what is over: there is nothing to advise, and no button that the server would refuse. */
export function Recommendation({ id }: { id: string }) {
  const { t } = useText();
  const incident = useRow("incidents", id);
  if (!incident || isOpen(incident)) return <Advice id={id} />;
  return (
    <section className="panel recommendation" aria-label={t("advice.title")}>
      <header className="panel-head"><h2>{t("advice.title")} #{incident.number}</h2></header>
      <p className="nothing">{t(incident.status === "merged" ? "advice.merged" : "advice.closed")}</p>
    </section>
  );
}

function Advice({ id }: { id: string }) {
  const { t, say } = useText();
  const incident = useRow("incidents", id);
  const { city } = useCell(session);
  const [unit, setUnit] = useState<string | null>(null);
  const [hospital, setHospital] = useState<string | null>(null);
  const [reason, setReason] = useState(NO_REASON);
  const [asked, setAsked] = useState<string | null>(null);
  const { inside, watch } = useHand();
  const { trouble, setTrouble, attempt } = useTrouble();
  const sending = usePending(`send:${id}`);
  const typed = useCell(typedAbout) === id;
  const advice = useRecommendation(id, inside || typed || unit !== null);
  const { recommendation, refresh } = advice;
  useEffect(() => {
    shownAdvice.set(recommendation && { incident: id, recommendation, refresh });
    return () => shownAdvice.set(null);
  }, [id, recommendation, refresh]);
  const units = sendable(recommendation?.units ?? []);
  const kept = units.find((one) => one.unit_id === unit);
  // A choice that is not offered any more is said, whatever the cause, and nobody else is put in its place.
  const lost = recommendation !== null && unit !== null && !kept;
  const chosen = lost ? undefined : kept ?? units[0];
  const hospitals = recommendation?.hospitals ?? [];
  const place = hospitals.find((one) => one.hospital_id === hospital) ?? hospitals[0];
  const bound = carries(chosen) ? place : undefined;
  const override = chosen !== undefined && recommendation !== null && !followsAdvice(chosen, recommendation);
  const served = incident !== undefined && !waits(incident);
  const [one] = useState(() => new OneOrder<Parameters<typeof api.sendUnit>[1]>(stands));
  const [refused, setRefused] = useState<string | null>(null);
  // A refusal is over when what it speaks of has changed: the place was confirmed, somebody went.
  useEffect(() => setTrouble(null), [setTrouble, incident?.place_confirmed, incident?.runs.length]);
  // Another unit is another decision.
  useEffect(() => setReason(NO_REASON), [chosen?.unit_id]);

  // Roads, or another level, change the order under a hand that is about to send: what it points at stays what it was.
  const { orders } = useRoads();
  const world = `${orders} ${questionOf(incident)}`;
  const known = useRef(world);
  useEffect(() => {
    if (known.current === world) return;
    known.current = world;
    if (!inside) return;
    setUnit((before) => before ?? chosen?.unit_id ?? null);
    setHospital((before) => before ?? place?.hospital_id ?? null);
  }, [world, inside, chosen?.unit_id, place?.hospital_id]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!chosen || !recommendation) return;
    if (override && !isGiven(reason)) return setTrouble({ text: t("needs.override"), extra: { unsent: true } });
    const what = {
      unit_id: chosen.unit_id, hospital_id: bound?.hospital_id, bed_kind: bound?.bed_kind ?? undefined,
      ...(override ? { override_code: reason.code ?? undefined, override_reason: reason.words.trim() || undefined } : {}),
      preempt: false, confirm_place: false,
    };
    const build = () => ({ run_id: freshId(), decision_id: recommendation.decision_id, ...what });
    const give = () => one.give(JSON.stringify(what), build, (order) => api.sendUnit(id, order));
    const stored = await attempt(() => waiting.give(`send:${id}`, give));
    if (stored) return sent();
    setRefused(chosen.unit_id);
    advice.refresh();
  }

  function sent() {
    setReason(NO_REASON);
    setUnit(null);
    setHospital(null);
    advice.refresh();
  }

  const panel = watch.ref;
  const mine = useCell(turned) === id;
  useEffect(() => {
    if (!mine) return;
    turned.set(null);
    // Whoever has gone on elsewhere meanwhile stays there.
    if (document.activeElement === document.body) panel.current?.focus();
  }, [mine, panel]);

  const common = saidOfAll(units.slice(0, SHOWN));
  const toAll = units[0] ? moreReasons(units[0], say, t).filter(({ en }) => common.has(en)) : [];
  const longest = Math.max(1, ...units.slice(0, SHOWN).map((one) => barLength(one.parts ?? {})));
  return (
    <section tabIndex={-1} className="panel recommendation" aria-label={t("advice.title")} {...watch}>
      <header className="panel-head">
        <h2>{t("advice.title")} {incident && `#${incident.number}`}</h2>
        {advice.newer
          ? <button type="button" className="quiet newer" onClick={() => advice.refresh()}>▲ {t("advice.newer")}</button>
          : advice.renewed ? <span className="head-fact renewed" role="status">▲ {t("advice.renewed")}</span>
          : advice.at > 0 && <span className="head-fact">{t("advice.at", { time: timeOfDay(advice.at, city!.timezone) })}</span>}
      </header>
      <div className="scroll">
      <PlaceDoubt incident={id} />
      {recommendation && <Plan incident={id} advice={recommendation} hospital={place} sent={sent} />}
      <form onSubmit={submit} noValidate>
        {advice.trouble !== null && <p className="notice"><span aria-hidden="true">■ </span>{advice.trouble || t("error.unreachable")}</p>}
        <SoonFree units={worthWaiting(recommendation?.units ?? [])} />
        <fieldset className="bare"><legend className="unseen">{t("advice.units")}</legend>
          {toAll.length > 0 && <p className="words common">{toAll.map(say).join(" · ")}</p>}
          {shown(units, SHOWN, chosen).map((one) => (
            <UnitChoice key={one.unit_id} common={common} rank={units.indexOf(one) + 1} unit={one} longest={longest}
              chosen={one === chosen} choose={() => setUnit(one.unit_id)} />
          ))}
          {recommendation && units.length === 0 && <p className="nothing">{t("advice.no_unit")}</p>}
        </fieldset>
        {lost && <LostChoice unit={unit} advice={recommendation} />}
        {hospitals.length > 0 && (
          <fieldset className="bare"><legend className="sub-head">{t("advice.hospitals")}</legend>
            {shown(hospitals, SHOWN_HOSPITALS, place).map((one) => (
              <HospitalChoice key={one.hospital_id} hospital={one} chosen={one === place}
                choose={() => setHospital(one.hospital_id)} />
            ))}
          </fieldset>
        )}
        <div className="order">
          {override && <Override first={units[0]!.callsign} reason={reason} change={setReason} />}
          <Notice trouble={trouble} />
          {trouble && !trouble.extra.unsent && chosen && chosen.unit_id !== refused && <p className="words">{t("advice.next", { callsign: chosen.callsign })}</p>}
          <button className={`send ${served ? "" : "primary"}`} disabled={!chosen || sending || !incident}>
            {sending ? t("sending") : chosen ? t(served ? "advice.send_more" : "advice.send", { callsign: chosen.callsign }) : t("advice.send_none")}
            {!sending && chosen && bound && <small> → <HospitalCode id={bound.hospital_id} /></small>}
          </button>
        </div>
      </form>
      {recommendation && (
        <>
          {!served && units.length > 0 && <LookAhead key={id} incident={id} />}
          <Swaps incident={id} advice={recommendation} hospital={place} sent={sent} />
          <WhyNot advice={recommendation} asked={asked} choose={setUnit} />
          <Rejected title={t("advice.rejected", { count: recommendation.rejected.length })} ask={setAsked}
            rows={recommendation.rejected.map((one) => ({ ...one, name: one.callsign }))} />
          <Rejected title={t("advice.rejected_hospitals", { count: recommendation.hospitals_rejected.length })}
            rows={recommendation.hospitals_rejected} />
        </>
      )}
      </div>
    </section>
  );
}

/** The unit that was chosen cannot be sent now: which, and why. */
function LostChoice({ unit, advice }: { unit: string; advice: Advised }) {
  const { t, say, language } = useText();
  const city = useCell(session).city!;
  const row = useRow("units", unit);
  const passed = advice.rejected.find((one) => one.unit_id === unit);
  const callsign = passed?.callsign ?? row?.callsign ?? unit;
  const why = passed && spoken(say({ vi: passed.reason_vi, en: passed.reason }), city, language, t);
  return (
    <p className="notice" role="alert"><span aria-hidden="true">■ </span>
      {why ? t("advice.lost_because", { callsign, why }) : t("advice.lost", { callsign })}</p>
  );
}

/** The first few, and the chosen one wherever it stands. */
function shown<T>(ranked: T[], count: number, chosen: T | undefined): T[] {
  const first = ranked.slice(0, count);
  return chosen === undefined || first.includes(chosen) ? first : [...first, chosen];
}

type Passed = { name: string; reason: string; reason_vi: string };

/** Who was passed over, and why: the question "why not that one?" has its answer here. */
function Rejected({ title, rows, ask }: { title: string; rows: Passed[]; ask?: (name: string) => void }) {
  const { t, say, language } = useText();
  const city = useCell(session).city!;
  if (rows.length === 0) return null;
  return (
    <details className="rejected">
      <summary>{title}</summary>
      <dl>{rows.map((row) => <div key={row.name}><dt>{ask
        ? <button type="button" className="link" title={t("why.ask")} onClick={() => ask(row.name)}>{row.name}</button> : spoken(row.name, city, language, t)}</dt><dd>{spoken(say({ vi: row.reason_vi, en: row.reason }), city, language, t)}</dd></div>)}</dl>
    </details>
  );
}

function HospitalCode({ id }: { id: string }) {
  return <>{useRow("hospitals", id)?.code ?? id}</>;
}
