/** The cars of this hospital's own station: taken for itself, and given back. Dispatch counts them out and in at once. */
import { useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { useLink, useRows } from "../live";
import { usePolled } from "../live/polled";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeAndDay } from "../text/format";
import { known, useText, type Key } from "../text/i18n";
import * as ward from "../wire/ward";
import { inWords, NO_REASON, ReasonPick } from "./ReasonPick";

const EVERY_MS = 10_000;
const REASONS: Key[] = ["withdraw_reason.transfer", "withdraw_reason.own", "withdraw_reason.crew", "withdraw_reason.repair"];
const FOR_H = [1, 2, 4, 8] as const;
type Car = ward.StationBoard["units"][number];

export function StationCars({ hospital }: { hospital: string }) {
  const { t } = useText();
  const runs = useRows("runs");
  const { value, again } = usePolled(ward.stations, EVERY_MS, runs.map((run) => run.seq).join());
  const stations = (value ?? []).filter((one) => one.hospital_id === hospital);
  if (stations.length === 0) return null;
  return (
    <section className="inbound cars" aria-label={t("cars.title")}>
      <h2>{t("cars.title")}</h2>
      {stations.map((station) => (
        <div key={station.id}>
          <ul>{station.units.map((car) => <CarLine key={car.callsign} car={car} changed={again} />)}</ul>
          {station.units.length === 0 && <p className="faint">{t("cars.none")}</p>}
          {station.days[0] && <p className="faint">{t("cars.today", { offered: station.days[0].offered, accepted: station.days[0].accepted,
            declined: station.days[0].declined, lapsed: station.days[0].lapsed })}</p>}
        </div>
      ))}
    </section>
  );
}

function CarLine({ car, changed }: { car: Car; changed: () => void }) {
  const { t, language } = useText();
  const timezone = useCell(session).city!.timezone;
  const now = useSecond();
  const [asking, setAsking] = useState(false);
  const { trouble, attempt } = useTrouble();
  const key = `car:${car.callsign}`;
  const sending = usePending(key);
  const cut = useLink() !== "live";
  const give = (order: () => Promise<{ seq: number }>) => attempt(() => waiting.give(key, order)).then((done) => {
    if (!done) return;
    setAsking(false);
    changed();
  });
  return (
    <li>
      <b className="callsign">{car.callsign}</b>
      <span>{known(t, "cars", car.kind)}</span>
      <span className="grow">{car.withdrawn
        ? <b className="amber">▲ {[t("cars.withdrawn"), car.withdrawn.reason,
            car.withdrawn.until && t("cars.until", { time: timeAndDay(car.withdrawn.until, timezone, language, now) })].filter(Boolean).join(" · ")}</b>
        : known(t, "status", car.status)}</span>
      {car.withdrawn
        ? <button type="button" className="primary" disabled={sending || cut} onClick={() => void give(() => ward.giveBack(car.callsign))}>{t("cars.give_back")}</button>
        : <button type="button" disabled={sending || cut} aria-expanded={asking} onClick={() => setAsking(!asking)}>{t("cars.withdraw")}</button>}
      {asking && !car.withdrawn && <Withdraw sending={sending || cut} take={(reason, until) => void give(() => ward.withdraw(car.callsign, reason, until))} />}
      <Notice trouble={trouble} />
    </li>
  );
}

function Withdraw({ sending, take }: { sending: boolean; take: (reason: string, until: string | null) => void }) {
  const { t } = useText();
  const [reason, setReason] = useState(NO_REASON);
  const [hours, setHours] = useState<number | null>(null);
  const { trouble, complain } = useTrouble();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (inWords(reason) === "") return complain(t("needs.reason"));
    take(inWords(reason), hours === null ? null : new Date(clock.now() + hours * 3_600_000).toISOString());
  }

  return (
    <form className="withdraw" onSubmit={submit} noValidate>
      <ReasonPick legend={t("reason")} keys={REASONS} value={reason} choose={setReason} />
      <fieldset className="field choice"><legend>{t("cars.how_long")}</legend>
        <div className="picks hours">
          <label className={`segment ${hours === null ? "on" : ""}`}><input type="radio" checked={hours === null} onChange={() => setHours(null)} />{t("cars.open_end")}</label>
          {FOR_H.map((count) => (
            <label key={count} className={`segment ${hours === count ? "on" : ""}`}>
              <input type="radio" checked={hours === count} onChange={() => setHours(count)} />{t("divert.hours", { count })}</label>
          ))}
        </div>
      </fieldset>
      <Notice trouble={trouble} />
      <button className="primary big" disabled={sending}>{t("cars.withdraw_now")}</button>
    </form>
  );
}
