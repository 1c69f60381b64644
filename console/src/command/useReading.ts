/** The line as it reads now, against the rows as they stand now. */
import { useMemo } from "react";

import { top } from "../alarms/acknowledge";
import type { Standing } from "../alarms/ranked";
import { wordsOf } from "../alarms/useAlarms";
import { desk } from "../intake/draft";
import { useRows } from "../live";
import { positions } from "../live/positions";
import { useCodes } from "../recommend/codes";
import { selection } from "../shell/selection";
import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";
import type { OverrideCode, Recommendation } from "../wire/answers";
import { openBook, type Book } from "./book";
import type { Command } from "./commands";
import { nextWords, parse } from "./grammar";
import { meaningOf, type Meaning } from "./meaning";
import { Misread, type Expected, type Values } from "./reader";
import { whomToSend, type Sending } from "./sending";
import type { CommandKey } from "./texts";
import { useAdvice } from "./useAdvice";
import type { StatusWord, Verb } from "./words";

export type Reading = {
  book: Book;
  verb: Verb | StatusWord | null;
  command: Command | null;
  sending: Sending | null;
  /** What K takes up: the alarm on top as it is painted. */
  alarm: Standing | null;
  meaning: Meaning | null;
  /** What is wrong or missing, in words; `open` where typing on may mend it. */
  problem: string | null;
  open: boolean;
  expects: Expected | null;
  advice: Recommendation | null;
  codes: OverrideCode[];
};

export function useReading(text: string): Reading {
  const { t, say } = useText();
  const incidents = useRows("incidents"), runs = useRows("runs"), units = useRows("units"), hospitals = useRows("hospitals");
  const alarm = useCell(top);
  const { incident } = useCell(selection);
  const codes = useCodes();
  const { draft } = useCell(desk);
  const book = useMemo(() => openBook({ incidents, runs, units, hospitals }, incident), [incidents, runs, units, hospitals, incident]);
  const parsed = useMemo(() => parse(text, book), [text, book]);
  // Whoever types D wants the ranking, before the line is whole.
  const about = "command" in parsed
    ? ("incident" in parsed.command && ["send", "send_plan", "advise"].includes(parsed.command.do) ? parsed.command.incident.id : null)
    : parsed.verb === "D" ? parsed.about ?? null : null;
  const { recommendation, trouble } = useAdvice(about);

  const tell = (key: CommandKey, values: Values = {}) => t(key as Key, values);
  const nothing = { book, verb: parsed.verb, command: null, sending: null, alarm: null, meaning: null, problem: null, open: true, expects: null, advice: recommendation, codes };
  try {
    if ("problem" in parsed) throw new Misread(parsed.problem, parsed.values, parsed.open, parsed.expects);
    const { command } = parsed;
    const takes = alarm?.sounding && (alarm.crew || alarm.desk) ? alarm : null;
    if (command.do === "take_alarm" && !takes) throw new Misread("problem.no_alarm");
    if (command.do === "new_call" && command.address && draft.address.trim() && draft.address.trim() !== command.address) {
      throw new Misread("problem.form_taken");
    }
    if (command.do === "go_to" && "unit" in command && !positions.get(command.unit.callsign)) {
      throw new Misread("problem.no_position", { callsign: command.unit.callsign });
    }
    let sending: Sending | null = null;
    if (command.do === "send" || command.do === "send_plan") {
      if (!recommendation && trouble !== null) throw new Misread("problem.no_advice", { why: trouble || t("error.unreachable") });
      if (!recommendation) return { ...nothing, command, problem: tell("command.asking") };
      sending = whomToSend(command, recommendation, codes, say);
    }
    const meaning = meaningOf(command, sending, {
      t, say, code: (id) => hospitals.find((row) => row.id === id)?.code ?? id, alarm: takes && wordsOf(takes, t, (words) => (typeof words === "string" ? words : say(words))),
      next: (unit) => {
        const run = runs.find((row) => row.id === unit.run_id);
        return run ? nextWords(run) : unit.duty === "on_duty" ? "NS" : "AV";
      },
    });
    return { ...nothing, command, sending, alarm: takes, meaning, open: false };
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return { ...nothing, problem: tell(error.key, error.values), open: error.open, expects: error.expects };
  }
}
