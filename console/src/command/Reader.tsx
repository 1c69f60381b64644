/** Reads the line, says what it would do, and gives the order when Enter says so. */
import { en, vi } from "virtual:texts/command";
import { useEffect, useRef, useState, type RefObject } from "react";

import { createPortal } from "react-dom";

import { shownAdvice } from "../recommend/shown";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import { Hints } from "./Hints";
import { Help } from "./Help";
import type { Keys } from "./keys";
import { History, line, remember, write } from "./line";
import { ordersFor } from "./orders";
import { LastResult, Trouble } from "./Result";
import { give, unanswered, type Next } from "./sent";
import { actOn } from "./turning";
import { useReading, type Reading } from "./useReading";

addTexts({ vi, en });

type Props = {
  keys: RefObject<Keys | null>; input: RefObject<HTMLInputElement | null>; help: boolean; setHelp: (open: boolean) => void;
  /** Told once, when keys are heard from here on. */
  come: () => void;
};

export function Reader({ keys, input, help, setHelp, come }: Props) {
  const { text } = useCell(line);
  /** Where the hints are drawn, above the line and whatever trouble stands there. */
  const [above, setAbove] = useState<HTMLElement | null>(null);
  const history = useRef(new History());
  const own = useRef<string | null>(null);
  const enter = useRef<() => void>(() => undefined);
  // What the hand types ends the walk through the history.
  useEffect(() => { if (own.current !== text) history.current.forget(); }, [text]);

  useEffect(() => come(), [come]);

  const walk = (by: 1 | -1) => {
    history.current.step(by);
    own.current = line.get().text;
  };
  keys.current = {
    enter: () => enter.current(),
    up: () => walk(1),
    down: () => walk(-1),
    escape: () => {
      if (help) setHelp(false);
      else if (line.get().text !== "") {
        remember(line.get().text);
        write("");
      } else return false;
      return true;
    },
  };

  const put = (words: string) => {
    write(words);
    input.current?.focus();
  };
  return (
    <>
      <div className="echo">
        <div id="command-echo">{text.trim() !== "" && <Echo text={text} enter={enter} openHelp={() => setHelp(true)} put={put} above={help ? null : above} />}</div>
        <LastResult />
      </div>
      <div className="above">
        <Trouble />
        {help && <Help put={put} close={() => { setHelp(false); input.current?.focus(); }} />}
        <div ref={setAbove} />
      </div>
    </>
  );
}

type EchoProps = {
  text: string; enter: RefObject<() => void>; put: (words: string) => void; openHelp: () => void; above: HTMLElement | null;
};

function Echo({ text, enter, put, openHelp, above }: EchoProps) {
  const { t } = useText();
  const reading = useReading(text);
  const { meaning, problem } = reading;
  /** The meaning as it was first read after the last key, and the one a second Enter was asked for. */
  const seen = useRef<{ text: string; sign: string | null }>({ text, sign: null });
  const [again, setAgain] = useState<{ sign: string; because: "changed" | "risky" } | null>(null);
  const [pressed, setPressed] = useState(false);
  if (seen.current.text !== text) seen.current = { text, sign: null };
  seen.current.sign ??= meaning?.sign ?? null;
  useEffect(() => { setAgain(null); setPressed(false); }, [text]);

  enter.current = () => {
    setPressed(true);
    if (!meaning || !reading.command) return;
    const { sign } = meaning;
    if (seen.current.sign !== sign) {
      seen.current.sign = sign;
      return setAgain({ sign, because: "changed" });
    }
    if (meaning.risky && again?.sign !== sign) return setAgain({ sign, because: "risky" });
    void carryOut(reading, text, openHelp);
  };

  const asks = again && again.sign === meaning?.sign ? again.because : null;
  return (
    <>
      {meaning
        ? <p className={asks ? "again" : "ready"} role={asks ? "alert" : undefined}>
            {asks && <span aria-hidden="true">▲ </span>}
            {t(asks === "changed" ? "command.changed" : asks === "risky" ? "command.again" : "command.enter", { what: meaning.what })}</p>
        : <p className={reading.open && !pressed ? "lacking" : "wrong"} role={pressed ? "alert" : undefined}>
            {!(reading.open && !pressed) && <span aria-hidden="true">■ </span>}{problem}</p>}
      {above && createPortal(<Hints reading={reading} text={text} put={put} />, above)}
    </>
  );
}

async function carryOut({ command, sending, alarm, meaning }: Reading, text: string, openHelp: () => void): Promise<void> {
  if (!command || !meaning) return;
  const orders = unanswered(meaning.sign) ?? ordersFor(command, sending, alarm);
  remember(text);
  write("");
  if (command.do === "help") return openHelp();
  if (orders.length === 0) return actOn(command);
  const byName = (callsigns: string[], reason: string) => {
    if (command.do !== "send" || !sending) return text;
    return ["D", `#${command.incident.number}`, ...callsigns, command.hospital?.code, reason].filter(Boolean).join(" ");
  };
  const named = sending?.units.map((one) => one.callsign) ?? [];
  const [reason = ""] = /\/.*$/s.exec(text) ?? [];
  // What comes back names its units: a rank means somebody else a moment later.
  const back = byName(named, reason);
  // Those of them who are still free, and the next best in the place of the one who is not.
  const instead = (next: Next, taken: string) =>
    byName([...named.filter((callsign) => callsign !== taken && callsign !== next.callsign), next.callsign], "");
  await give({ what: meaning.what, sign: meaning.sign, text: back, orders, instead });
  if (sending) shownAdvice.get()?.refresh();
}
