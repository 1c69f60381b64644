/** Close the streets around a place: one click on the map, a reason, and how long. */
import { useEffect, useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { picking, pin } from "../shell/selection";
import { usePending, waiting } from "../store/pending";
import { pair } from "../text/format";
import { useText, type Key } from "../text/i18n";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import type { Point } from "../wire/rows";
import { Closing, storedNote } from "./closing";

const REACHES_M = [15, 50, 150] as const;
/** Null: until somebody lifts it. */
const HOURS = [0.5, 2, null] as const;

/** `drawing` is told whether the form is up, so that it has the room to itself. */
export function CloseStreet({ drawing }: { drawing: (up: boolean) => void }) {
  const { t } = useText();
  const [place, setPlace] = useState<Point | null>(null);
  const [reason, setReason] = useState("");
  const [reach, setReach] = useState<number>(REACHES_M[0]);
  const [hours, setHours] = useState<number | null>(HOURS[0]);
  const [closing] = useState(() => new Closing(freshId, () => clock.now()));
  const [note, setNote] = useState<Key | null>(null);
  const { trouble, setTrouble, complain, attempt } = useTrouble();
  const sending = usePending("close-street");

  useEffect(() => {
    pin.set(place);
    drawing(place !== null);
    return () => pin.set(null);
  }, [place, drawing]);
  useEffect(() => () => {
    if (picking.get()?.say === "roads.pick") picking.set(null);
  }, []);

  async function close(event: FormEvent) {
    event.preventDefault();
    if (!place) return;
    if (reason.trim() === "") return complain(t("needs.reason"));
    const closure = closing.closure({ place, reason: reason.trim(), reach_m: reach, hours });
    const stored = await attempt(() => waiting.give("close-street", () => api.closeStreet(closure)));
    if (!stored) return;
    begin(null);
    setReason("");
    setNote(storedNote(stored));
  }

  /** Another place, or none: what may have been sent for the one before is another closure. */
  function begin(at: Point | null) {
    closing.over();
    setNote(null);
    setTrouble(null);
    setPlace(at);
  }

  if (!place) {
    return (
      <>
        <p role="status" className={note ? "faint" : "notice-empty"}>{note && t(note)}</p>
        <button type="button" className="danger-outline" onClick={() => picking.set({ say: "roads.pick", take: begin })}>
          {t("roads.close")}
        </button>
      </>
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
        <button type="button" className="quiet" onClick={() => begin(null)}>{t("cancel")}</button>
      </div>
    </form>
  );
}
