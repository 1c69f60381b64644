/** A milestone that was told at the wrong time: the right one, by the city's clock, and why. Both stay on the record. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { nearestMoment, readTimeOfDay } from "../text/moment";
import { correctTime } from "../wire/mending";
import type { Milestone, RunRow } from "../wire/rows";
import { useInSight } from "./inSight";
import { STEPS } from "./milestones";

const TOLD: Milestone[] = [...STEPS, "stood_down", "declined"];

export function CorrectTime({ run, done }: { run: RunRow; done: () => void }) {
  const { t } = useText();
  const zone = useCell(session).city!.timezone;
  const told = TOLD.filter((one) => run.milestones[one]);
  const [milestone, setMilestone] = useState<Milestone | undefined>(told.at(-1));
  const was = milestone && run.milestones[milestone];
  const [time, setTime] = useState(was ? timeOfDay(was, zone) : "");
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `run:${run.id}`;
  const sending = usePending(key);
  const box = useInSight<HTMLFormElement>();
  const seconds = readTimeOfDay(time);

  function turnTo(one: Milestone) {
    setMilestone(one);
    setTime(timeOfDay(run.milestones[one]!, zone));
  }

  async function correct(event: FormEvent) {
    event.preventDefault();
    if (!milestone || !was) return;
    if (seconds === null) return complain(t("correct.needs_time"));
    if (reason.trim() === "") return complain(t("needs.reason"));
    const at = nearestMoment(seconds, was, zone);
    if (await attempt(() => waiting.give(key, () => correctTime(run.id, milestone, at, reason.trim())))) done();
  }

  if (!milestone) return <p className="faint">{t("correct.none")}</p>;
  return (
    <form ref={box} className="mending" onSubmit={(event) => void correct(event)} noValidate aria-label={t("correct.title")}>
      <div className="with-button">
        <select value={milestone} aria-label={t("correct.which")} onChange={(event) => turnTo(event.target.value as Milestone)}>
          {told.map((one) => <option key={one} value={one}>{t(`milestone.${one}`)}</option>)}
        </select>
        <input className="time-field" value={time} onChange={(event) => setTime(event.target.value)} aria-label={t("correct.time")}
          placeholder="19:06:22" inputMode="numeric" autoComplete="off" aria-invalid={seconds === null} />
        <input value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t("reason")} aria-label={t("reason")} required />
        <button disabled={sending}>{t("correct.now")}</button>
      </div>
      <Notice trouble={trouble} />
    </form>
  );
}
