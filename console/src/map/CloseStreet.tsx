/** Close or slow a stretch of streets drawn on the map: why, for whom, and how long. */
import { useEffect, useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { useText, type Key } from "../text/i18n";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import { Closing, storedNote, type Hindering, type Profile } from "./closing";
import { Choices } from "./Choices";
import { begin, sketch, type Shape, type Sketch } from "./drawing";
import { useSize } from "./size";

const REACHES_M: Record<Shape, number[]> = { point: [15, 50, 150], line: [15, 30, 60], area: [] };
/** Null: until somebody lifts it. */
const HOURS = [0.5, 2, 6, null] as const;
const SHARES = [0.5, 0.25, 0.1];
const REASONS = ["flood", "crash", "tree", "works", "crowd"] as const;

/** `drawing` is told whether the form is up, so that it has the room to itself. */
export function CloseStreet({ drawing }: { drawing: (up: boolean) => void }) {
  const { t } = useText();
  const drawn = useCell(sketch);
  const [note, setNote] = useState<Key | null>(null);
  const up = drawn?.done === true;
  useEffect(() => drawing(up), [up, drawing]);
  useEffect(() => () => sketch.set(null), []);

  if (up) return <Form drawn={drawn} stored={setNote} />;
  return (
    <>
      <p role="status" className={note ? "faint" : "notice-empty"}>{note && t(note)}</p>
      <button type="button" className="danger-outline" onClick={() => { setNote(null); sketch.set(begin("point")); }}>
        {t("roads.close")}
      </button>
    </>
  );
}

function Form({ drawn, stored }: { drawn: Sketch; stored: (note: Key | null) => void }) {
  const { t } = useText();
  const size = useSize();
  const [kind, setKind] = useState<Hindering["kind"]>("closure");
  const [reason, setReason] = useState("");
  const [reach, setReach] = useState<number>(REACHES_M[drawn.shape][0] ?? 15);
  const [hours, setHours] = useState<number | null>(HOURS[0]);
  const [share, setShare] = useState<number>(SHARES[0]!);
  const [profile, setProfile] = useState<Profile | null>(null);
  const [closing] = useState(() => new Closing(freshId, () => clock.now()));
  const { trouble, complain, attempt } = useTrouble();
  const sending = usePending("close-street");

  async function send(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return complain(t("needs.reason"));
    const order = closing.order({
      kind, shape: drawn.shape, points: drawn.points, reason: reason.trim(), reach_m: reach, hours, profile, share,
    });
    const answer = await attempt(() => waiting.give("close-street", () => give(order)));
    if (!answer) return;
    closing.over();
    stored(storedNote(answer));
    sketch.set(null);
  }

  return (
    <form className="close-street" data-unsaved onSubmit={send} noValidate aria-label={t("roads.close_now")}>
      <p><b>{size(drawn.shape, drawn.points)}</b>{" "}
        <button type="button" className="link" onClick={() => sketch.set({ ...drawn, points: drawn.shape === "point" ? [] : drawn.points, done: false })}>{t("draw.again")}</button></p>
      <label className="field">{t("roads.reason")}
        <input autoFocus value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200} required
          autoComplete="off" placeholder={t("roads.reason_hint")} />
      </label>
      <div className="reasons" role="group" aria-label={t("roads.usual")}>
        {REASONS.map((one) => <button key={one} type="button" onClick={() => setReason(t(`roads.reason.${one}`))}>{t(`roads.reason.${one}`)}</button>)}
      </div>
      <Choices name="kind" title={t("roads.what")} value={kind} choose={setKind}
        options={[["closure", t("roads.closure")], ["slowing", t("roads.slowing")]]} />
      {kind === "slowing"
        ? <Choices name="share" title={t("roads.of_usual")} value={share} choose={setShare}
            options={SHARES.map((one) => [one, `${one * 100} %`])} />
        : <Choices name="profile" title={t("roads.for_whom")} value={profile} choose={setProfile}
            options={[[null, t("roads.everybody")], ["van", t("roads.vans")], ["motorbike", t("roads.motorbikes")]]} />}
      {drawn.shape !== "area" && (
        <Choices name="reach" title={t(drawn.shape === "point" ? "roads.reach" : "roads.beside")} value={reach} choose={setReach}
          options={REACHES_M[drawn.shape].map((one) => [one, `${one} m`])} />
      )}
      <Choices name="how-long" title={t("roads.how_long")} value={hours} choose={setHours}
        options={HOURS.map((one) => [one, one === null ? t("roads.until_lifted") : one < 1 ? t("roads.minutes", { count: one * 60 }) : t("roads.hours", { count: one })])} />
      <div className="with-button">
        <Notice trouble={trouble} />
        <button className="danger" disabled={sending}>{sending ? t("sending") : t(kind === "closure" ? "roads.close_now" : "roads.slow_now")}</button>
        <button type="button" className="quiet" onClick={() => sketch.set(null)}>{t("cancel")}</button>
      </div>
    </form>
  );
}

function give(order: Hindering) {
  if (order.kind === "closure") {
    const { kind: _, ...closure } = order;
    return api.closeStreet(closure);
  }
  const { kind: _, ...slowing } = order;
  return api.slowStreet(slowing);
}
