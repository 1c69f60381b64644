/** Close the streets around a place: one click on the map, a reason, and how long. */
import { useEffect, useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { picking, pin } from "../shell/selection";
import { usePending, waiting } from "../store/pending";
import { pair } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import type { Point } from "../wire/rows";

const REACHES_M = [15, 50, 150] as const;
/** Null: until somebody lifts it. */
const HOURS = [0.5, 2, null] as const;

export function CloseStreet() {
  const { t } = useText();
  const [place, setPlace] = useState<Point | null>(null);
  const [reason, setReason] = useState("");
  const [reach, setReach] = useState<number>(REACHES_M[0]);
  const [hours, setHours] = useState<number | null>(HOURS[0]);
  const [id, setId] = useState(freshId);
  const { trouble, complain, attempt } = useTrouble();
  const sending = usePending("close-street");

  useEffect(() => {
    pin.set(place);
    return () => pin.set(null);
  }, [place]);
  useEffect(() => () => {
    if (picking.get()?.say === "roads.pick") picking.set(null);
  }, []);

  async function close(event: FormEvent) {
    event.preventDefault();
    if (!place) return;
    if (reason.trim() === "") return complain(t("needs.reason"));
    const closure = {
      id, reason: reason.trim(), profiles: [],
      stretch: { kind: "point" as const, points: [[place.lat, place.lon] as [number, number]], width_m: reach },
      until: hours === null ? null : new Date(clock.now() + hours * 3_600_000).toISOString(),
    };
    const stored = await attempt(() => waiting.give("close-street", () => api.closeStreet(closure)));
    if (!stored) return;
    setPlace(null);
    setReason("");
    setId(freshId());
  }

  if (!place) {
    return (
      <button type="button" className="danger-outline" onClick={() => picking.set({ say: "roads.pick", take: setPlace })}>
        {t("roads.close")}
      </button>
    );
  }
  return (
    <form className="close-street" onSubmit={close} noValidate aria-label={t("roads.close_now")}>
      <p><b>{t("roads.here", { place: pair(place) })}</b></p>
      <label className="field">{t("roads.reason")}
        <input autoFocus value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200} required
          autoComplete="off" placeholder={t("roads.reason_hint")} />
      </label>
      <fieldset className="field"><legend>{t("roads.reach")}</legend>
        <div className="segments">
          {REACHES_M.map((one) => (
            <label key={one} className={`segment ${reach === one ? "on" : ""}`}>
              <input type="radio" name="reach" checked={reach === one} onChange={() => setReach(one)} />{one} m
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="field"><legend>{t("roads.how_long")}</legend>
        <div className="segments">
          {HOURS.map((one) => (
            <label key={one} className={`segment ${hours === one ? "on" : ""}`}>
              <input type="radio" name="how-long" checked={hours === one} onChange={() => setHours(one)} />
              {one === null ? t("roads.until_lifted") : one < 1 ? t("divert.minutes", { count: one * 60 }) : t("divert.hours", { count: one })}
            </label>
          ))}
        </div>
      </fieldset>
      <Notice trouble={trouble} />
      <div className="with-button">
        <button className="danger" disabled={sending}>{sending ? t("sending") : t("roads.close_now")}</button>
        <button type="button" className="quiet" onClick={() => setPlace(null)}>{t("cancel")}</button>
      </div>
    </form>
  );
}
