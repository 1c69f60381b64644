/** Counting beds with the thumb. What is typed stays until it is kept, whatever others report meanwhile. */
import { useState, type FormEvent } from "react";

import { useSecond } from "../live/ticker";
import { useCell } from "../store/cell";
import { since, timeOfDay } from "../text/format";
import { ago, useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";
import type { BedRow } from "../wire/rows";
import { BedCard } from "./BedCard";
import { empty, report, within, type Count, type Edits } from "./beds";
import type { Orders } from "./orders";
import { newestCount, withCount } from "./waitingBeds";

type Props = {
  hospital: string;
  beds: Record<string, BedRow>;
  kinds: string[];
  kindName: (kind: string) => string;
  limits: { amber_s: number; red_s: number };
  timezone: string;
  orders: Orders;
  /** As whom this ward counts. */
  who: string;
};

export function BedForm({ hospital, beds: stored, kinds, kindName, limits, timezone, orders, who }: Props) {
  const { t } = useText();
  const [edits, setEdits] = useState<Edits>({});
  const [base, setBase] = useState<Record<string, Count>>({});
  const [said, setSaid] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const held = useCell(orders.box.held);
  const ours = newestCount(held, hospital);
  const beds = withCount(stored, ours);
  const under_way = said !== null && held.waiting.some((one) => one.id === said);
  const refused = said !== null && held.refused.some((one) => one.id === said);
  const changed = Object.keys(edits).length > 0;
  // Until the first count the numbers are the city file's guess: there is nothing to confirm.
  const guessed = kinds.length > 0 && kinds.every((kind) => beds[kind]!.assumed);
  const { age, state } = useOldest(stored, limits);

  function edit(kind: string, count: Count) {
    const bed = beds[kind]!;
    setSaid(null);
    if (!base[kind]) setBase({ ...base, [kind]: { staffed: bed.staffed, empty: empty(bed) } });
    setEdits({ ...edits, [kind]: within(count, bed.blocked) });
  }

  async function tell(sent: Edits) {
    setLost(false);
    try {
      setSaid(await orders.give({ kind: "beds", hospital, beds: report(beds, sent) }));
    } catch {
      return setLost(true); // the disk took nothing: the numbers stay in the fields
    }
    // Counts changed while the save was under way are not saved yet and stay.
    setEdits((now) => Object.fromEntries(Object.entries(now).filter(([kind, count]) => sent[kind] !== count)));
    setBase({});
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void tell(edits);
  };

  return (
    <form className="bed-form" data-unsaved={changed} onSubmit={submit} noValidate aria-label={t("beds.title")}>
      <p className={`report-age ${state}`}>
        {MARK[state]} {age === null ? t("age.never") : t("age.updated_long", { ago: ago(t, age) })}
        {ours && <span className="not-sent"> · {t("ward.counted_unsent", { time: timeOfDay(ours.tapped, timezone, false) })}</span>}
      </p>
      {guessed && <p className="nag" role="alert">{t("beds.guessed")}</p>}
      {state === "red" && !guessed && kinds.length > 0 && !ours && <p className="nag" role="alert">{t("beds.nag")}</p>}
      {kinds.map((kind) => (
        <BedCard key={kind} name={kindName(kind)} bed={beds[kind]!} edit={edits[kind]} was={base[kind]} timezone={timezone}
          unsent={ours !== null} change={(count) => edit(kind, count)} />
      ))}
      {kinds.length === 0 && <p>{t("beds.none")}</p>}
      <div className="bed-buttons">
        <p className="saved" role="status">
          {lost ? <span className="hot">■ {t("ward.not_kept")}</span>
            : changed || said === null || refused ? "" : under_way ? t("ward.kept_sending") : `✓ ${t("beds.saved", { who })}`}
        </p>
        <button className="primary big" disabled={!changed}>{t("beds.save")}</button>
        <button type="button" className={state === "red" && !changed && !guessed ? "primary big" : "big"} disabled={changed || guessed || kinds.length === 0}
          onClick={() => void tell({})}>{t("beds.unchanged")}</button>
      </div>
    </form>
  );
}

/** How old the oldest of its counts is, in seconds; null where none was ever told. */
function useOldest(beds: Record<string, BedRow>, limits: { amber_s: number; red_s: number }) {
  const now = useSecond();
  const times = Object.values(beds).map((bed) => bed.reported_at).filter((at) => at !== null).sort();
  const age = times.length === 0 ? null : since(times[0]!, now);
  return { age, state: level(age ?? Infinity, limits.amber_s, limits.red_s) };
}
