/** What threatens those who go there. The crews are told, and asked more often whether all is well. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { IncidentRow } from "../wire/rows";

export function Danger({ incident, done }: { incident: IncidentRow; done: () => void }) {
  const { t } = useText();
  const [words, setWords] = useState(incident.danger ?? "");
  const { trouble, complain, attempt } = useTrouble();
  const key = `incident:${incident.id}`;
  const sending = usePending(key);
  const tell = async (danger: string | null) => {
    if (await attempt(() => waiting.give(key, () => api.tellDanger(incident.id, danger)))) done();
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (words.trim().length < 3) return complain(t("danger.needs"));
    void tell(words.trim());
  }

  return (
    <form onSubmit={submit} noValidate>
      <div className="with-button">
        <input value={words} onChange={(event) => setWords(event.target.value)} autoFocus placeholder={t("danger.hint")} aria-label={t("danger.hint")} />
        <button disabled={sending}>{t("danger.tell")}</button>
        {incident.danger && <button type="button" className="quiet" disabled={sending} onClick={() => void tell(null)}>{t("danger.over")}</button>}
      </div>
      <Notice trouble={trouble} />
    </form>
  );
}
