/** Between jobs: on duty or not, where to wait, and what became of the last job. */
import { Undo } from "../boards/Undo";
import { isOver } from "../boards/milestones";
import { useSecond } from "../live/ticker";
import { since } from "../text/format";
import { useText } from "../text/i18n";
import type { Duty } from "../wire/crew";
import type { RunRow, UnitRow } from "../wire/rows";
import { PostCard } from "./PostCard";
import { tap } from "./errands";
import { useLost } from "./useLost";

const LAST_SHOWN_S = 30 * 60;

export function Idle({ unit, last }: { unit: UnitRow | undefined; last: RunRow | undefined }) {
  const { t } = useText();
  return (
    <>
      {last && <LastJob run={last} />}
      {unit?.post && <PostCard key={unit.post.move_up_id} post={unit.post} />}
      {unit && (
        <section className="sheet-of-paper idle">
          <h2>{t(unit.duty === "on_duty" ? "crew.free" : unit.duty === "off_duty" ? "crew.off" : "crew.out")}</h2>
          {unit.withdrawn && <p><b>{t("crew.withdrawn", { reason: unit.withdrawn.reason })}</b></p>}
          <p>{t(unit.duty === "on_duty" ? "crew.free_hint" : "crew.off_hint")}</p>
          <DutyButtons unit={unit} />
        </section>
      )}
    </>
  );
}

function DutyButtons({ unit }: { unit: UnitRow }) {
  const { t } = useText();
  const { lost, keep } = useLost();
  const others = (["on_duty", "off_duty", "out_of_service"] as const).filter((one: Duty) => one !== unit.duty);
  return (
    <div className="stack">
      {others.map((status) => (
        <button key={status} type="button" className={`big ${status === "on_duty" ? "primary" : ""}`}
          onClick={() => keep(tap({ kind: "duty", callsign: unit.callsign, status }))}>{t(`crew.duty.${status}`)}</button>
      ))}
      {lost}
    </div>
  );
}

function LastJob({ run }: { run: RunRow }) {
  const { t } = useText();
  const now = useSecond();
  const end = isOver(run.milestones);
  if (!end || since(run.milestones[end]!, now) > LAST_SHOWN_S) return null;
  const how = run.offer?.state === "lapsed" ? "lapsed" : end;
  return (
    <section className={`sheet-of-paper last ${how}`} role="status">
      <h2>{how === "clear" ? "✓ " : "■ "}{t(`crew.last.${how}`, { number: run.incident_number })}</h2>
      {run.reason && how !== "clear" && <p>{run.reason}</p>}
      {how === "clear" && <Undo run={run} />}
    </section>
  );
}
