/** What a unit seems to have done, by its positions: people confirm it, with the time it happened. */
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import * as api from "../wire/api";
import type { RunRow } from "../wire/rows";

export function Prompt({ run }: { run: RunRow }) {
  const { t } = useText();
  const { city } = useCell(session);
  const { trouble, attempt } = useTrouble();
  const key = `run:${run.id}`;
  const sending = usePending(key);
  const { prompt } = run;
  if (!prompt) return null;
  const answer = (order: () => Promise<{ seq: number }>) => void attempt(() => waiting.give(key, order));
  return (
    <div className="prompt" role="group" aria-label={t("prompt.title")}>
      <span><span aria-hidden="true">▸ </span>{known(t, "prompt", prompt.move)} {timeOfDay(prompt.at, city!.timezone)}</span>
      <button type="button" disabled={sending} onClick={() => answer(() => api.confirmPrompt(run.id, prompt.id))}>{t("prompt.yes")}</button>
      <button type="button" className="quiet" disabled={sending}
        onClick={() => answer(() => api.dismissPrompt(run.id, prompt.id))}>{t("prompt.no")}</button>
      <Notice trouble={trouble} />
    </div>
  );
}
