/** What the unit seems to have done by its positions: a yes counts from the time it happened. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import type { RunRow } from "../wire/rows";
import { tap, useOutbox } from "./errands";
import { useLost } from "./useLost";

export function Prompted({ run }: { run: RunRow }) {
  const { t } = useText();
  const { city } = useCell(session);
  const held = useOutbox();
  const { lost, keep } = useLost();
  const { prompt } = run;
  const told = [...held.waiting, ...held.answered.map((one) => one.kept)]
    .some(({ order }) => order.kind === "prompt" && order.prompt_id === prompt?.id);
  if (!prompt || told || run.milestones[prompt.milestone]) return lost;
  const answer = (yes: boolean) =>
    keep(tap({ kind: "prompt", run_id: run.id, prompt_id: prompt.id, yes, milestone: prompt.milestone, at: prompt.at }));
  return (
    <section className="sheet-of-paper asked" aria-label={t("prompt.title")}>
      <p><b>{t(`crew.prompt.${prompt.move}`, { time: timeOfDay(prompt.at, city!.timezone, false) })}</b></p>
      <div className="two-buttons">
        <button type="button" className="big primary" onClick={() => answer(true)}>{t("crew.prompt.yes")}</button>
        <button type="button" className="big" onClick={() => answer(false)}>{t("crew.prompt.no")}</button>
      </div>
      {lost}
    </section>
  );
}
