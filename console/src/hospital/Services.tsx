/** Which services are open: by their hours, or as somebody here said for now. Closed, nobody is sent here for it. */
import { useState } from "react";

import { clock } from "../live/clock";
import { useLink } from "../live";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeAndDay } from "../text/format";
import { useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import * as ward from "../wire/ward";
import { HoursForm } from "./HoursForm";
import { minuteThere, openByHours, useServiceName } from "./services";

const FOR_H = [2, 4, 8, 24] as const;

export function Services({ row }: { row: HospitalRow }) {
  const { t } = useText();
  const [hours, setHours] = useState(false);
  return (
    <section className="inbound services" aria-label={t("services.title")}>
      <div className="ward-section">
        <h2>{t("services.title")}</h2>
        <button type="button" aria-expanded={hours} onClick={() => setHours(!hours)}>{t("services.hours")}</button>
      </div>
      {hours && <HoursForm row={row} done={() => setHours(false)} />}
      <ul>{row.specialities.map((service) => <Service key={service} row={row} service={service} />)}</ul>
    </section>
  );
}

function Service({ row, service }: { row: HospitalRow; service: string }) {
  const { t, language } = useText();
  const timezone = useCell(session).city!.timezone;
  const now = useSecond();
  const [asking, setAsking] = useState(false);
  const { trouble, attempt } = useTrouble();
  const key = `service:${row.id}:${service}`;
  const sending = usePending(key);
  const cut = useLink() !== "live";
  const name = useServiceName()(service);
  const hours = row.hours[service];
  const said = row.services[service];
  const forNow = said && Date.parse(said.until) / 1000 > now ? said : null;
  const byHours = !hours || openByHours(hours, minuteThere(now, timezone));
  const open = forNow ? forNow.open : byHours;

  const say = (is: boolean, until: string | null) =>
    attempt(() => waiting.give(key, () => ward.sayService(row.id, service, is, until))).then((done) => { if (done) setAsking(false); });
  const until = (count: number) => new Date(clock.now() + count * 3_600_000).toISOString();

  return (
    <li>
      <b className="grow">{name}</b>
      <span className={open ? "open-now" : "closed-now"}><span aria-hidden="true">{open ? "●" : "■"}</span> {t(open ? "services.open" : "services.closed")}</span>
      <span className="faint">{forNow ? t("services.said_until", { time: timeAndDay(forNow.until, timezone, language, now) })
        : hours ? hours.join(", ") : t("services.always")}</span>
      {forNow
        ? <button type="button" disabled={sending || cut} onClick={() => void say(true, null)}>{t("services.as_usual")}</button>
        : <button type="button" disabled={sending || cut} aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t(open ? "services.close" : "services.open_now")}</button>}
      {asking && !forNow && (
        <div className="picks hours" role="group" aria-label={t("services.for_how_long")}>
          {FOR_H.map((count) => (
            <button key={count} type="button" disabled={sending || cut} onClick={() => void say(!open, until(count))}>
              {t("services.until", { time: timeAndDay(until(count), timezone, language, now) })}</button>
          ))}
        </div>
      )}
      <Notice trouble={trouble} />
    </li>
  );
}
