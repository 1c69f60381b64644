/** A quiet list of what happened here before, whoever rang. Only a danger is loud. Nothing in it takes the Tab key. */
import { useEffect, useState } from "react";

import { clock } from "../live/clock";
import { ago, useText } from "../text/i18n";
import "../text/openedTexts";
import type { PlaceHistory } from "../wire/answers";
import * as api from "../wire/api";
import { linesOf, type Line } from "./before";

/** A position is typed digit by digit. */
const PAUSE_MS = 250;

type Props = { lat: number; lon: number; except: string | null };

export function HappenedHere({ lat, lon, except }: Props) {
  const [history, setHistory] = useState<PlaceHistory | null>(null);
  useEffect(() => {
    setHistory(null);
    let ours = true;
    const timer = setTimeout(() => { api.placeHistory({ lat, lon }).then((found) => ours && setHistory(found), () => undefined); }, PAUSE_MS);
    return () => { ours = false; clearTimeout(timer); };
  }, [lat, lon]);
  return history && <Lines lines={linesOf(history, except)} now={clock.now()} />;
}

export function Lines({ lines, now }: { lines: Line[]; now: number }) {
  const { t } = useText();
  if (lines.length === 0) return null;
  return (
    <section className="wide before" aria-label={t("before.title")}>
      <h3>{t("before.title")}</h3>
      <ul>
        {lines.map(({ incident, notes }) => (
          <li key={incident.incident_id}>
            {incident.danger && <p className="hot"><span aria-hidden="true">■ </span>
              {t(incident.danger_over ? "before.over" : "before.danger", { words: incident.danger })}</p>}
            {notes.map((text, place) => <p key={place}>“{text}”</p>)}
            <p className="faint">#{incident.number} {incident.complaint} · {ago(t, (now - Date.parse(incident.opened_at)) / 1000)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
