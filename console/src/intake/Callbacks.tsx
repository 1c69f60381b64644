/** Numbers that rang and were not answered: the one that waits longest first. */
import { useMemo } from "react";

import { useRows } from "../live";
import { Notice, useTrouble } from "../shell/Notice";
import { Timer } from "../shell/Timer";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { CallbackRow } from "../wire/rows";
import { clearForm } from "./form";

export function Callbacks() {
  const { t } = useText();
  const rows = useRows("callbacks");
  const open = useMemo(() => rows.filter((row) => row.status === "open")
    .sort((a, b) => (a.first_missed_at ?? "").localeCompare(b.first_missed_at ?? "")), [rows]);
  if (open.length === 0) return null;
  return (
    <section className="callbacks" aria-label={t("callbacks.title")}>
      <h3 className="sub-head">{t("callbacks.title")} <small>{open.length}</small></h3>
      {open.slice(0, 5).map((row) => <Callback key={row.id} row={row} />)}
    </section>
  );
}

function Callback({ row }: { row: CallbackRow }) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const key = `callback:${row.id}`;
  const sending = usePending(key);
  const ring = () => clearForm(row.phone);
  const nobody = () => void attempt(() => waiting.give(key, () => api.calledBack(row.id, "no_answer")));
  return (
    <div className="callback">
      <span className="grow"><b>{row.phone}</b> <small>{t("callbacks.missed", { count: row.misses.length })}
        {row.tries > 0 && ` · ${t("callbacks.tried", { count: row.tries })}`}</small></span>
      {row.first_missed_at && <Timer since={row.first_missed_at} amber={60} red={180} />}
      <button type="button" onClick={ring}>{t("callbacks.ring")}</button>
      <button type="button" className="quiet" disabled={sending} onClick={nobody}>{t("callbacks.nobody")}</button>
      <Notice trouble={trouble} />
    </div>
  );
}
