/** So many of each colour, as one walks past them: each gets a tag. Works without a line. */
import { useState } from "react";

import { COLOURS, type Colour } from "../patients/colours";
import { useText } from "../text/i18n";
import { tap } from "./errands";
import { useLost } from "./useLost";

const NOBODY: Record<Colour, number> = { red: 0, yellow: 0, green: 0, black: 0 };
const MOST = 200;

export function CountByColour({ incident }: { incident: string }) {
  const { t } = useText();
  const [counts, setCounts] = useState(NOBODY);
  const [sent, setSent] = useState<number | null>(null);
  const { lost, keep } = useLost();
  const all = COLOURS.reduce((sum, colour) => sum + counts[colour], 0);
  const step = (colour: Colour, by: number) => {
    setSent(null);
    setCounts({ ...counts, [colour]: Math.min(MOST, Math.max(0, counts[colour] + by)) });
  };
  const send = () => keep(tap({ kind: "count", incident_id: incident, counts }).then(() => {
    setSent(all);
    setCounts(NOBODY);
  }));
  return (
    <section className="sheet-of-paper" aria-label={t("crew.count")}>
      <h2>{t("crew.count")}</h2>
      {COLOURS.map((colour) => {
        const name = t(`colour.${colour}`);
        return (
          <div key={colour} className="count-line">
            <span className={`colour ${colour}`}>{name}</span>
            <button type="button" aria-label={t("crew.count.less", { colour: name })} disabled={counts[colour] === 0} onClick={() => step(colour, -1)}>−</button>
            <b className="count">{counts[colour]}</b>
            <button type="button" aria-label={t("crew.count.more", { colour: name })} onClick={() => step(colour, 1)}>+</button>
          </div>
        );
      })}
      {lost}
      <p role="status" className="said">{sent !== null && `✓ ${t("crew.count.kept", { count: sent })}`}</p>
      <button type="button" className="big primary" disabled={all === 0} onClick={send}>{t("crew.count.send", { count: all })}</button>
    </section>
  );
}
