/** What the caller is told to do until help is there, step by step; each step that is read out is recorded. */
import { useEffect, useRef, useState } from "react";

import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import type { Triaged } from "../wire/answers";
import * as api from "../wire/api";
import { freshId } from "../wire/ids";
import { Metronome } from "./metronome";

type Reading = { id: string; step: string; began_at: string };

export function Steps({ call, told }: { call: string; told: Triaged }) {
  const { t, say } = useText();
  const { trouble, attempt } = useTrouble();
  const [reading, setReading] = useState<Reading | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const beat = useRef(new Metronome());
  useEffect(() => { const sound = beat.current; return () => sound.stop(); }, []);
  // Other answers, other steps: nobody should press on to the beat of the last ones.
  useEffect(() => { beat.current.stop(); setReading(null); setDone(new Set()); }, [told.protocol, told.determinant]);
  if (told.instructions.length === 0) return null;

  const record = (step: Reading, ended_at?: string) => void attempt(() => api.instruct(call, {
    id: step.id, protocol: told.protocol, determinant: told.determinant, step: step.step, began_at: step.began_at, ended_at,
  }));

  function read(step: string, bpm: number | null | undefined) {
    if (reading) record(reading, clock.iso());
    beat.current.stop();
    setDone((before) => new Set(before).add(step));
    if (reading?.step === step) return setReading(null);
    const begun = { id: freshId(), step, began_at: clock.iso() };
    setReading(begun);
    record(begun);
    if (bpm) beat.current.start(bpm);
  }

  return (
    <section className="steps-to-tell" aria-label={t("steps.title")}>
      <h3 className="sub-head">{t("steps.title")}</h3>
      <ol>{told.instructions.map((step) => (
        <li key={step.id} className={reading?.step === step.id ? "on" : done.has(step.id) ? "done" : ""}>
          <button type="button" aria-pressed={reading?.step === step.id} onClick={() => read(step.id, step.metronome_bpm)}>
            {say(step)}
            {step.metronome_bpm && <small> ♪ {t("steps.beat", { bpm: step.metronome_bpm })}</small>}
            {step.every_s && <small> ↻ {t("steps.every", { seconds: step.every_s })}</small>}
          </button>
        </li>
      ))}</ol>
      <Notice trouble={trouble} />
    </section>
  );
}
