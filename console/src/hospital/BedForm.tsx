/** Counting beds with the thumb. What is typed stays until it is kept, whatever others report meanwhile. */
import { useMemo, useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { useSecond } from "../live/ticker";
import { useCell } from "../store/cell";
import { since, timeOfDay } from "../text/format";
import { ago, useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";
import type { BedReport } from "../wire/api";
import type { BedRow } from "../wire/rows";
import { BedCard } from "./BedCard";
import { confirmation, differs, report, within, type Beds, type Count, type Edits } from "./beds";
import { MARKED_MS, tooFresh, useMoves } from "./moves";
import type { Orders } from "./orders";
import { SavedWord, type Word } from "./SavedWord";
import { waitingCounts, withCounts, withReport } from "./waitingBeds";

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
  /** No line: what is told now is sent later. */
  cut: boolean;
};

export function BedForm({ hospital, beds: stored, kinds, kindName, limits, timezone, orders, who, cut }: Props) {
  const { t } = useText();
  const [edits, setEdits] = useState<Edits>({});
  /** Over what each kind is being counted. */
  const [base, setBase] = useState<Beds>({});
  const [said, setSaid] = useState<string | null>(null);
  const [word, setWord] = useState<"lost" | "look" | null>(null);
  const held = useCell(orders.box.held);
  const counts = useMemo(() => waitingCounts(held, hospital), [held, hospital]);
  const beds = useMemo(() => withCounts(stored, counts), [stored, counts]);
  const ours = counts.at(-1);
  const { board, said: settle } = useMoves(beds);
  // What was refused was never saved, also once its red box is gone.
  if (said !== null && held.refused.some((one) => one.id === said)) setSaid(null);
  const changed = Object.keys(edits).length > 0;
  const clashing = kinds.filter((kind) => edits[kind] && base[kind] && differs(beds[kind]!, base[kind]!));
  // Until the first count the numbers are the city file's guess: there is nothing to confirm.
  const guessed = kinds.length > 0 && kinds.every((kind) => beds[kind]!.assumed);
  const { age, state, now } = useOldest(stored, limits);
  const marked = kinds.filter((kind) => board.moves[kind] && now * 1000 - board.moves[kind]!.at < MARKED_MS);

  function edit(kind: string, count: Count) {
    const bed = beds[kind]!;
    setSaid(null);
    setWord(null);
    if (!edits[kind]) setBase({ ...base, [kind]: bed });
    setEdits({ ...edits, [kind]: within(count, bed.blocked) });
  }

  function decide(kind: string, mine: boolean) {
    const bed = beds[kind]!;
    settle({ [kind]: bed });
    if (mine) return setBase({ ...base, [kind]: bed });
    setEdits(Object.fromEntries(Object.entries(edits).filter(([one]) => one !== kind)));
  }

  async function tell(told: BedReport, sent: Edits) {
    setWord(null);
    const tapped = clock.iso();
    try {
      setSaid(await orders.give({ kind: "beds", hospital, beds: told }, tapped));
    } catch {
      return setWord("lost"); // the disk took nothing: the numbers stay in the fields
    }
    const stands = withReport(beds, told, tapped);
    settle(Object.fromEntries(Object.keys(told).map((kind) => [kind, stands[kind]!])));
    // Counts changed while the save was under way are not saved yet and stay; what was just told is what they are over.
    setEdits((now) => Object.fromEntries(Object.entries(now).filter(([kind, count]) => sent[kind] !== count)));
    setBase((now) => ({ ...now, ...Object.fromEntries(Object.keys(sent).map((kind) => [kind, stands[kind]!])) }));
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && clashing.length === 0) void tell(report(base, edits), edits);
  };

  function confirm() {
    if (tooFresh(board, clock.now())) return setWord("look");
    void tell(confirmation(beds), {});
  }

  const words: Word[] = [
    word === "lost" && { kind: "lost" as const },
    clashing.length > 0 && { kind: "clash" as const, kinds: clashing.map(kindName) },
    word === "look" && marked.length > 0 && { kind: "look" as const, kinds: marked.map(kindName) },
    !changed && said !== null && { kind: "said" as const, id: said },
    marked.length > 0 && { kind: "moved" as const, kinds: marked.map(kindName) },
  ].filter((one) => one !== false);

  return (
    <form className="bed-form" data-unsaved={changed} onSubmit={submit} noValidate aria-label={t("beds.title")}>
      <p className={`report-age ${state}`}>
        {MARK[state]} {age === null ? t("age.never") : t("age.updated_long", { ago: ago(t, age) })}
        {ours && <span className="not-sent"> · {t("ward.counted_unsent", { time: timeOfDay(ours.tapped, timezone, false) })}</span>}
      </p>
      {guessed && <p className="nag" role="alert">{t("beds.guessed")}</p>}
      {state === "red" && !guessed && kinds.length > 0 && !ours && <p className="nag" role="alert">{t("beds.nag")}</p>}
      {kinds.map((kind) => (
        <BedCard key={kind} name={kindName(kind)} bed={beds[kind]!} edit={edits[kind]} base={base[kind]} timezone={timezone}
          before={marked.includes(kind) ? board.settled[kind] : undefined} unsent={counts.some((one) => kind in one.order.beds)}
          change={(count) => edit(kind, count)} decide={(mine) => decide(kind, mine)} />
      ))}
      {kinds.length === 0 && <p>{t("beds.none")}</p>}
      <div className="bed-buttons">
        <SavedWord words={words} held={held} who={who} cut={cut} now={now} />
        <button className="primary big" disabled={!changed || clashing.length > 0}>{t("beds.save")}</button>
        <button type="button" className={state === "red" && !changed && !guessed ? "primary big" : "big"} disabled={changed || guessed || kinds.length === 0}
          onClick={confirm}>{t("beds.unchanged")}</button>
      </div>
    </form>
  );
}

/** How old the oldest of its counts is, in seconds; null where none was ever told. */
function useOldest(beds: Record<string, BedRow>, limits: { amber_s: number; red_s: number }) {
  const now = useSecond();
  const times = Object.values(beds).map((bed) => bed.reported_at).filter((at) => at !== null).sort();
  const age = times.length === 0 ? null : since(times[0]!, now);
  return { age, state: level(age ?? Infinity, limits.amber_s, limits.red_s), now };
}
