/** Turning units away for a while. There is always a reason and an end, so that nobody forgets to lift it. */
import { useState, type FormEvent } from "react";

import { useLink } from "../live";
import { clock } from "../live/clock";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { span, timeOfDay } from "../text/format";
import { useText, type Key } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import type { Orders } from "./orders";
import { inWords, NO_REASON, ReasonPick } from "./ReasonPick";
import { useServiceName } from "./services";

const HOURS = [0.5, 1, 2, 4, 8] as const;
const REASONS: Key[] = ["divert_reason.full", "divert_reason.icu", "divert_reason.staff", "divert_reason.scanner", "divert_reason.power"];

export function DiversionForm({ row, orders }: { row: HospitalRow; orders: Orders }) {
  const { t } = useText();
  const timezone = useCell(session).city!.timezone;
  const now = useSecond();
  const [open, setOpen] = useState(false);
  const { waiting } = useCell(orders.box.held);
  const cut = useLink() !== "live";
  const unsent = waiting.filter((one) => one.order.kind !== "beds" && one.order.hospital === row.id).at(-1);
  const serviceName = useServiceName();

  if (unsent) {
    const until = unsent.order.kind === "divert" ? unsent.order.until : null;
    return (
      <section className="diversion unsent" aria-label={t("divert.title")}>
        <p><b><span aria-hidden="true">▲ </span>{until ? t("divert.on", { time: timeOfDay(until, timezone, false) }) : t("divert.off")}</b>{" "}
          {t(cut ? "ward.told_later" : "ward.not_told_yet")}</p>
      </section>
    );
  }
  if (row.diversion) {
    const left = Date.parse(row.diversion.until) / 1000 - now;
    return (
      <section className="diversion on" aria-label={t("divert.title")}>
        <p><b>■ {t("divert.on", { time: timeOfDay(row.diversion.until, timezone, false) })}</b> {t("divert.left", { time: span(left) })}</p>
        <p>{[row.diversion.services.map(serviceName).join(", "), row.diversion.reason].filter(Boolean).join(" · ")}</p>
        <button type="button" className="big" onClick={() => void orders.give({ kind: "receive", hospital: row.id })}>{t("divert.end")}</button>
      </section>
    );
  }
  if (open) return <NewDiversion row={row} orders={orders} done={() => setOpen(false)} />;
  return (
    <section className="diversion off" aria-label={t("divert.title")}>
      <p>● {t("divert.off")}</p>
      <button type="button" className="danger-outline" onClick={() => setOpen(true)}>{t("divert.open")}</button>
    </section>
  );
}

function NewDiversion({ row, orders, done }: { row: HospitalRow; orders: Orders; done: () => void }) {
  const { t } = useText();
  const timezone = useCell(session).city!.timezone;
  const now = useSecond();
  const [reason, setReason] = useState(NO_REASON);
  const [hours, setHours] = useState<number | null>(null);
  const [services, setServices] = useState<string[]>([]);
  const { trouble, complain } = useTrouble();
  const serviceName = useServiceName();
  const turn = (service: string) =>
    setServices(services.includes(service) ? services.filter((one) => one !== service) : [...services, service]);

  async function start(event: FormEvent) {
    event.preventDefault();
    if (inWords(reason) === "") return complain(t("needs.reason"));
    if (hours === null) return complain(t("divert.needs_end"));
    const until = new Date(clock.now() + hours * 3_600_000).toISOString();
    try {
      await orders.give({ kind: "divert", hospital: row.id, reason: inWords(reason), services, until });
      done();
    } catch {
      complain(t("ward.not_kept"));
    }
  }

  return (
    <form className="diversion editing" onSubmit={(event) => void start(event)} noValidate aria-label={t("divert.title")}>
      <ReasonPick legend={t("divert.reason")} keys={REASONS} value={reason} choose={setReason} />
      <fieldset className="field choice"><legend>{t("divert.what")}</legend>
        <div className="picks">
          <label className={`segment ${services.length === 0 ? "on" : ""}`}>
            <input type="checkbox" checked={services.length === 0} onChange={() => setServices([])} />{t("divert.all")}
          </label>
          {row.specialities.map((one) => (
            <label key={one} className={`segment ${services.includes(one) ? "on" : ""}`}>
              <input type="checkbox" checked={services.includes(one)} onChange={() => turn(one)} />{serviceName(one)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="field choice"><legend>{t("divert.until")}</legend>
        <div className="picks hours">
          {HOURS.map((one) => (
            <label key={one} className={`segment ${hours === one ? "on" : ""}`}>
              <input type="radio" name="hours" checked={hours === one} onChange={() => setHours(one)} />
              <b>{timeOfDay((now + one * 3600) * 1000, timezone, false)}</b>
              <small>{one < 1 ? t("divert.minutes", { count: one * 60 }) : t("divert.hours", { count: one })}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <Notice trouble={trouble} />
      <div className="bed-buttons">
        <button className="danger big">{t("divert.start")}</button>
        <button type="button" className="big" onClick={done}>{t("cancel")}</button>
      </div>
    </form>
  );
}
