/** The last step of a run, taken back while that can still be done; nothing is deleted. */
import { clock } from "../live/clock";
import { useSecond } from "../live/ticker";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { known, useText } from "../text/i18n";
import * as api from "../wire/api";
import type { RunRow } from "../wire/rows";

export function Undo({ run }: { run: RunRow }) {
  const { t } = useText();
  useSecond(); // it goes when its time is over
  const { trouble, attempt } = useTrouble();
  const key = `run:${run.id}`;
  const sending = usePending(key);
  const { undo } = run;
  if (!undo || Date.parse(undo.until) <= clock.now()) return <Notice trouble={trouble} />;
  return (
    <>
      <button type="button" className="quiet" disabled={sending}
        onClick={() => void attempt(() => waiting.give(key, () => api.undo(run.id, undo.of)))}>
        ↶ {t("undo", { step: known(t, "run", undo.milestone) })}
      </button>
      <Notice trouble={trouble} />
    </>
  );
}
