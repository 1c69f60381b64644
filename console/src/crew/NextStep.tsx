/** One button for what usually comes next; the others behind a second one. A step counts from its tap. */
import { useEffect, useState } from "react";

import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import { clock } from "../live/clock";
import type { Milestone, RunRow } from "../wire/rows";
import { course, progressOf } from "./course";
import { tap, useOutbox } from "./errands";
import { useLost } from "./useLost";
import { here } from "./whereabouts";

/** A second tap so soon is the same finger, not the next step. */
const SAME_FINGER_MS = 1_500;

export function NextStep({ run, part }: { run: RunRow; part: string }) {
  const { t } = useText();
  const { city } = useCell(session);
  const states = useCell(course);
  const { next } = progressOf(run, useOutbox(), states);
  const [pressed, setPressed] = useState<number | null>(null);
  const [others, setOthers] = useState(false);
  const { lost, keep } = useLost();
  useEffect(() => setOthers(false), [part]);
  useEffect(() => {
    if (pressed === null) return;
    const timer = setTimeout(() => setPressed(null), SAME_FINGER_MS);
    return () => clearTimeout(timer);
  }, [pressed]);

  const [first, ...rest] = next.filter((one) => one !== "declined");
  const reach = (milestone: Milestone, outcome?: string) => {
    setPressed(clock.now());
    setOthers(false);
    keep(tap({ kind: "milestone", run_id: run.id, milestone, position: here(), ...(outcome ? { outcome } : {}) }));
  };
  if (!first) return null;
  const word = first === "accepted" ? t("crew.offer.take") : t(`milestone.${first}`);
  return (
    <div className="next-step">
      {others && (
        <div className="others" role="group" aria-label={t("crew.other.title")}>
          {rest.filter((one) => one !== "clear").map((one) => (
            <button key={one} type="button" className="big" onClick={() => reach(one)}>{one === "stood_down" ? t("crew.stood_down") : known(t, "milestone", one)}</button>
          ))}
          {rest.includes("clear") && <p>{t("crew.outcome")}</p>}
          {rest.includes("clear") && states?.outcomes.map((one) => (
            <Outcome key={one.outcome} label={one.label} press={() => reach("clear", one.outcome)} />
          ))}
        </div>
      )}
      {lost}
      <div className="next-row">
        <button type="button" className={`next-button ${first}`} disabled={pressed !== null} onClick={() => reach(first)}>
          {pressed !== null ? <>✓ {t("crew.pressed", { time: timeOfDay(pressed, city!.timezone) })}</> : <><span className="unseen">{t("crew.next")}: </span>{word}</>}
        </button>
        {rest.length > 0 && first !== "accepted" && <button type="button" className="other-button" aria-expanded={others} onClick={() => setOthers(!others)}>{t("crew.other")}</button>}
      </div>
    </div>
  );
}

function Outcome({ label, press }: { label: { vi: string; en: string }; press: () => void }) {
  const { say } = useText();
  return <button type="button" className="big" onClick={press}>{say(label)}</button>;
}
