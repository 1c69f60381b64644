/** A job that waits for the crew's yes or no, with the seconds that are left. Yes is the big button at the bottom. */
import { useState } from "react";

import { useSecond } from "../live/ticker";
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { RunRow } from "../wire/rows";
import { course, progressOf } from "./course";
import { tap, useOutbox } from "./errands";
import { useCell } from "../store/cell";
import { useLost } from "./useLost";

const WHY = ["vehicle", "crew", "far", "patient"] as const;

export function OfferCard({ run }: { run: RunRow }) {
  const { t } = useText();
  const now = useSecond();
  const [declining, setDeclining] = useState(false);
  const { lost, keep } = useLost();
  const { next } = progressOf(run, useOutbox(), useCell(course));
  if (!next.includes("accepted")) return null;
  const left = run.offer?.state === "open" ? Math.round(Date.parse(run.offer.until) / 1000 - now) : null;
  const decline = (why: (typeof WHY)[number]) =>
    keep(tap({ kind: "milestone", run_id: run.id, milestone: "declined", position: null, reason: t(`crew.decline.${why}`) }));
  return (
    <section className="sheet-of-paper offer" aria-label={t("crew.offer")}>
      <h2><span role="alert">{t("crew.offer")}</span>{left !== null && <b className="left">{left > 0 ? t("crew.offer.left", { time: span(left) }) : t("crew.offer.over")}</b>}</h2>
      {declining ? (
        <div className="stack" role="group" aria-label={t("crew.decline.why")}>
          <p>{t("crew.decline.why")}</p>
          {WHY.map((why) => <button key={why} type="button" className="big" onClick={() => decline(why)}>{t(`crew.decline.${why}`)}</button>)}
          <button type="button" className="quiet big" onClick={() => setDeclining(false)}>{t("crew.back")}</button>
        </div>
      ) : next.includes("declined") && <button type="button" className="big" onClick={() => setDeclining(true)}>{t("crew.offer.decline")}</button>}
      {lost}
    </section>
  );
}
