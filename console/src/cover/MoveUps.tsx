/** Units that could wait somewhere better: a quiet line above the board, opened by whoever has a moment. */
import { useState, type FormEvent } from "react";

import { GoTo } from "../boards/GoTo";
import { showPoint } from "../boards/moves";
import { usePolled } from "../live/polled";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { distance, percent, span } from "../text/format";
import { useText } from "../text/i18n";
import type { MoveUp } from "../wire/answers";
import * as api from "../wire/api";
import { useFleetVersion } from "./fleet";

const EVERY_MS = 15_000;

export function MoveUps() {
  const { t, language } = useText();
  const { value, again } = usePolled(api.moveUps, EVERY_MS, useFleetVersion());
  const [declining, setDeclining] = useState<string | null>(null);
  const rows = value ?? [];
  if (rows.length === 0) return null;
  return (
    <details className="move-ups">
      <summary>{t("moveup.title", { count: rows.length })}{" "}
        <small>{t("moveup.gain", { share: percent(rows[0]!.gain, language) })}</small></summary>
      <ul>{rows.map((row) => (
        <Proposal key={row.id} row={row} answered={again} declining={declining === row.id}
          decline={(open) => setDeclining(open ? row.id : null)} />
      ))}</ul>
    </details>
  );
}

type Props = { row: MoveUp; answered: () => void; declining: boolean; decline: (open: boolean) => void };

function Proposal({ row, answered, declining, decline }: Props) {
  const { t, language } = useText();
  const { trouble, complain, attempt } = useTrouble();
  const [reason, setReason] = useState("");
  const key = `moveup:${row.id}`;
  const sending = usePending(key);

  async function give(order: () => Promise<{ seq: number }>) {
    if (!(await attempt(() => waiting.give(key, order)))) return;
    decline(false);
    answered();
  }

  function refuse(event: FormEvent) {
    event.preventDefault();
    if (reason.trim().length < 3) return complain(t("needs.reason"));
    void give(() => api.declineMoveUp(row.id, reason.trim()));
  }

  return (
    <li>
      <span className="move-words">
        <b className="callsign">{row.callsign}</b> → {row.post_name}
        <GoTo name={row.post_name} go={() => showPoint(row.position)} />
        <small className="words">{t("moveup.cover", { before: percent(row.covered_before, language), after: percent(row.covered_after, language) })}
          {" · "}{span(row.duration_s)} · {distance(row.distance_m, language)}
          {row.moves > 0 && ` · ${t("moveup.moves", { count: row.moves })}`}</small>
      </span>
      <button type="button" disabled={sending} onClick={() => void give(() => api.acceptMoveUp(row.id))}>{t("moveup.accept")}</button>
      <button type="button" className="quiet" aria-expanded={declining} onClick={() => decline(!declining)}>{t("moveup.decline")}</button>
      {declining && (
        <form className="with-button" onSubmit={refuse} noValidate>
          <input value={reason} onChange={(event) => setReason(event.target.value)} autoFocus required placeholder={t("moveup.why")}
            aria-label={t("moveup.why")} />
          <button disabled={sending}>{t("moveup.decline_now")}</button>
        </form>
      )}
      <Notice trouble={trouble} />
    </li>
  );
}
