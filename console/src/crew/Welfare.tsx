/** At the scene the crew says now and then that all is well; silence alarms the centre. */
import { useEffect, useRef } from "react";

import { useSecond } from "../live/ticker";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import type { RunRow } from "../wire/rows";
import { chime } from "./chime";
import { tap, useOutbox } from "./errands";
import { notice } from "./notices";
import { useLost } from "./useLost";

export function Welfare({ run }: { run: RunRow }) {
  const { t } = useText();
  const { city } = useCell(session);
  const now = useSecond();
  const held = useOutbox();
  const { lost, keep } = useLost();
  const check = run.timers.find((timer) => timer.name === "welfare");
  const told = [...held.waiting, ...held.answered.map((one) => one.kept)]
    .findLast(({ order }) => order.kind === "well" && order.run_id === run.id)?.tapped;
  const due = check?.amber_at ? Date.parse(check.amber_at) / 1000 : null;
  const asked = !told && due !== null && now >= due;
  const tell = useRef(t); // another language is no news
  tell.current = t;
  useEffect(() => {
    if (!asked) return;
    chime("danger");
    void notice("well", tell.current("crew.well.ask"), tell.current("crew.notice.look"));
  }, [asked]);
  if (!check) return lost;
  const time = (iso: string) => timeOfDay(iso, city!.timezone, false);
  return (
    <section className={`welfare ${asked ? "asked" : ""}`} aria-label={t("crew.well")}>
      {asked && <p role="alert"><b>{t("crew.well.ask")}</b> {t("crew.well.late", { time: time(check.red_at) })}</p>}
      <div className="welfare-line">
        {!asked && <span>{told ? t("crew.well.pressed", { time: time(told) }) : t("crew.well.due", { time: time(check.amber_at ?? check.red_at) })}</span>}
        <button type="button" className={asked ? "big primary" : ""} onClick={() => keep(tap({ kind: "well", run_id: run.id }))}>✓ {t("crew.well")}</button>
      </div>
      {lost}
    </section>
  );
}
