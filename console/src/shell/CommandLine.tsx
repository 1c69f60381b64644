/** The line every order can be typed into: here from the first second, read by what is loaded a moment later. */
import "./command.css";

import { Suspense, useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";

import type { Keys } from "../command/keys";
import { line, write } from "../command/line";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { later } from "./later";
import { useTall } from "./tall";

const Reader = later(() => import("../command/Reader").then((part) => part.Reader));
/** It is not needed before somebody turns to the line, but then at once, ms. */
const SOON_MS = 2_500;
/** An Enter that came before the reader waits for it so long; later the words stand there, and nothing is sent unseen. */
const EARLY_MS = 5_000;

export function CommandLine() {
  const { t } = useText();
  const { text } = useCell(line);
  const input = useRef<HTMLInputElement>(null);
  const keys = useRef<Keys | null>(null);
  const early = useRef<{ words: string; until: number } | null>(null);
  // Held here: a press that comes before the reader does is not lost.
  const [help, setHelp] = useState(false);
  const [awake, setAwake] = useState(text !== "");
  const foot = useTall("--foot");

  useEffect(() => {
    const timer = setTimeout(() => setAwake(true), SOON_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const home = (event: globalThis.KeyboardEvent) => {
      // Who has used the key already (a list, a sheet) has not meant the line.
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || event.target === input.current) return;
      input.current?.focus();
    };
    addEventListener("keydown", home);
    return () => removeEventListener("keydown", home);
  }, []);

  useEffect(() => {
    if (!help) return;
    // The help lies over the desk: it goes when somebody turns to what is below it.
    const elsewhere = ({ target }: FocusEvent) => { if (!(target as Element).closest(".command")) setHelp(false); };
    addEventListener("focusin", elsewhere);
    return () => removeEventListener("focusin", elsewhere);
  }, [help]);

  function enter() {
    if (keys.current) keys.current.enter();
    else early.current = { words: text, until: performance.now() + EARLY_MS };
    input.current?.focus();
  }

  // Stable, as the reader calls it in an effect: once, when it has come.
  const come = useCallback(() => {
    const pressed = early.current;
    early.current = null;
    if (pressed && pressed.words === line.get().text && performance.now() < pressed.until) keys.current?.enter();
  }, []);

  function press(event: KeyboardEvent<HTMLInputElement>) {
    // A key that an input method is still composing with is its own.
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey || !keys.current) return;
    if (event.key === "ArrowUp") keys.current.up();
    else if (event.key === "ArrowDown") keys.current.down();
    else if (event.key !== "Escape" || !keys.current.escape()) return;
    event.preventDefault();
  }

  return (
    <section className="command" ref={foot} data-kept aria-label={t("line.title")}>
      <form onSubmit={(event) => { event.preventDefault(); enter(); }} noValidate>
        <label htmlFor="command">{t("line.title")} ›</label>
        <input id="command" ref={input} value={text} onChange={(event) => write(event.target.value)} onKeyDown={press} onFocus={() => setAwake(true)}
          autoComplete="off" autoCorrect="off" autoCapitalize="off" spellCheck={false} enterKeyHint="go"
          placeholder={t("line.hint")} aria-describedby="command-echo" />
        <button aria-label={t("line.run")} title={t("line.run")}>↵</button>
        <button type="button" className="quiet" aria-label={t("line.help")} title={t("line.help")} onFocus={() => setAwake(true)} aria-expanded={help} onClick={() => setHelp(!help)}>?</button>
      </form>
      <Suspense fallback={<div className="echo" />}>{awake ? <Reader keys={keys} input={input} help={help} setHelp={setHelp} come={come} /> : <div className="echo" />}</Suspense>
    </section>
  );
}
