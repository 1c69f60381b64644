/** What may come next, as buttons: whoever has only a mouse or a finger finishes the line with them. */
import { useMemo } from "react";

import { sendable } from "../recommend/order";
import { isOpen } from "../queue/order";
import { span } from "../text/format";
import { known, useText, type Key } from "../text/i18n";
import { nextWords } from "./grammar";
import { secondsOf } from "./sending";
import type { Reading } from "./useReading";
import { STATUSES } from "./words";

type Props = { reading: Reading; text: string; put: (words: string) => void };
type Chip = { word: string; say: string };

const MOST = 14;

export function Hints({ reading, text, put }: Props) {
  const { t, say } = useText();
  const { verb, codes, expects, advice, book } = reading;
  const chips = useMemo(() => chipsFor({ expects, advice, book, verb }, t), [expects, advice, book, verb, t]);
  const reasons = expects === "reason";
  if (verb === null && chips.length === 0) return null;
  const head = /\s$/.test(text) ? text : `${text} `;
  return (
    <div className="hints">
      {verb !== null && <p className="syntax">{t(`syntax.${verb}` as Key)}</p>}
      {chips.length > 0 && (
        <div className="chips">
          {chips.map(({ word, say: words }) => (
            <button key={word} type="button" onClick={() => put(`${head}${word} `)}>{words}</button>))}
        </div>
      )}
      {reasons && codes.length > 0 && (
        <>
          <p>{t("command.reasons")}</p>
          <ol className="reasons">
            {codes.map((one, place) => (
              <li key={one.code}><button type="button" onClick={() => put(`${head.trimEnd()} /${place + 1}`)}><b>/{place + 1}</b> {say(one)}</button></li>))}
          </ol>
        </>
      )}
    </div>
  );
}

function chipsFor({ expects, advice, book, verb }: Pick<Reading, "expects" | "advice" | "book" | "verb">, t: ReturnType<typeof useText>["t"]): Chip[] {
  const { selected } = book;
  switch (expects) {
    case "incident":
      return book.incidents.filter(isOpen).slice(0, MOST).map((row) => ({ word: `#${row.number}`, say: `#${row.number} ${row.priority}` }));
    case "send":
      return [
        ...sendable(advice?.units ?? []).slice(0, 5).map((unit, place) => (
          { word: String(place + 1), say: `${place + 1} · ${unit.callsign} ${span(secondsOf(unit))}` })),
        ...((advice?.plan.slots.filter((slot) => slot.unit).length ?? 0) > 1 ? [{ word: "*", say: "*" }] : []),
      ];
    case "unit": {
      // Those who serve the chosen incident; about duty, those who are or could be there.
      const runs = book.runs.filter((run) => run.incident_id === selected?.id && (run.next?.length ?? 0) > 0);
      const units = runs.length > 0 && verb !== "NS" ? runs.map((run) => run.callsign) : [...book.units.values()]
        .filter((unit) => (verb === "M" ? unit.duty !== "off_duty" : verb === "NS" ? unit.duty === "on_duty" && !unit.run_id : unit.run_id !== null)).map((unit) => unit.callsign);
      return units.slice(0, MOST).map((word) => {
        const run = book.runs.find((row) => row.id === book.units.get(word.toUpperCase())?.run_id);
        return { word, say: run ? `${word} · ${nextWords(run)}` : word };
      });
    }
    case "status":
      return STATUSES.map((word) => ({ word, say: `${word} · ${t(`syntax.${word}` as Key).split(" — ")[1]}` }));
    case "hospital": {
      const near = advice?.hospitals.map((one) => one.hospital_id) ?? [];
      const rows = [...book.hospitals.values()].sort((a, b) => Number(near.includes(b.id)) - Number(near.includes(a.id)));
      return rows.slice(0, MOST).map((row) => ({ word: row.code, say: row.code }));
    }
    case "bed": {
      return ["ED", "ICU", "PICU", "NICU", "PM", "NN", "NHI"].map((word) => ({ word, say: word }));
    }
    case "priority":
      return ["1", "2", "3", "4"].map((word) => ({ word, say: `P${word} · ${known(t, "priority", `P${word}`)}` }));
    default:
      return [];
  }
}
