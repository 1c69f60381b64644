/** The form: a question, what it stands on, the rivals. All of it is filled in, so that one press starts something sensible. */
import { useLayoutEffect, useRef, useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { freshId } from "../wire/ids";
import { Refusal } from "../wire/send";
import { start, type Choices } from "../wire/simulations";
import { fieldsOf } from "./atField";
import { aRival, asked, firstDraft, firstOn, nameOf, questionOf, sizeOf, sourceOf, usable, USUAL, type Draft } from "./draft";
import { Field, type Said } from "./Field";
import { letter } from "./letters";
import { RivalFields } from "./RivalFields";
import { StandsOn } from "./StandsOn";

type Props = { choices: Choices; fromNow: boolean; leave: (() => void) | null; started: (id: string) => void };

export function NewRun({ choices, fromNow, leave, started }: Props) {
  const { t, language, say } = useText();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(firstOn(choices, fromNow)));
  const [busy, setBusy] = useState(false);
  const { trouble, attempt } = useTrouble();
  const id = useRef(freshId());
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { source, scenario } = sourceOf(draft.on);
  const found = choices.scenarios.find((one) => one.name === scenario);
  const names = draft.rivals.map((rival) => nameOf(usable(rival, source), choices, t));
  const said: Said = trouble && { text: trouble.text, fields: fieldsOf(trouble.text, trouble.extra, names) };
  const size = source === "scenario" ? null : sizeOf(draft);
  const number = new Intl.NumberFormat(language);
  // Only the page knows which fields it has just now; a sentence about none of them stands above the button.
  const page = useRef<HTMLFormElement>(null);
  const [atField, setAtField] = useState(false);
  useLayoutEffect(() => setAtField(page.current!.querySelector("[aria-invalid]") !== null), [trouble, draft, choices]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const run = await attempt(() => start(asked(draft, id.current, choices, t)).catch((error: unknown) => {
      // What was refused is another order once it is mended; what had no answer may have been taken.
      if (error instanceof Refusal && error.status < 500) id.current = freshId();
      throw error;
    }));
    setBusy(false);
    if (run) started(run.id);
  }

  return (
    <form ref={page} className="card new-run" aria-label={t("planner.form")} onSubmit={submit} noValidate>
      <h2>{t("planner.form")}</h2>
      <Field label={t("planner.question")} name="question" said={said}>{(box) => (
        <input {...box} value={draft.question} maxLength={300} placeholder={found ? say(found.question) : questionOf(names, t)} onChange={(event) => change({ question: event.target.value })} />)}</Field>
      <StandsOn draft={draft} choices={choices} change={change} said={said} />
      {source !== "scenario" && <>
        <div className="rivals">{draft.rivals.map((rival, index) => (
          <RivalFields key={rival.key} rival={rival} index={index} choices={choices} said={said} source={source} placeholder={nameOf({ ...usable(rival, source), name: "" }, choices, t)}
            change={(part) => setDraft((before) => ({ ...before, rivals: before.rivals.map((one) => (one.key === rival.key ? { ...one, ...part } : one)) }))}
            drop={draft.rivals.length > 1 ? () => change({ rivals: draft.rivals.filter((one) => one.key !== rival.key) }) : null} />))}</div>
        {draft.rivals.length < choices.limits.rivals && (
          <button type="button" className="add-rival" onClick={() => change({ rivals: [...draft.rivals, aRival("dmexclp", "home")] })}>+ {t("planner.add_rival", { letter: letter(draft.rivals.length) })}</button>)}
      </>}
      <div className="pair">
        <Field label={t("planner.replications")} name="replications" said={said}>{(box) => (
          <input {...box} inputMode="numeric" value={draft.replications} placeholder={String(found?.replications ?? (source === "recorded" ? USUAL.once : USUAL.replications))} onChange={(event) => change({ replications: event.target.value })} />)}</Field>
        <Field label={t("planner.seed")} name="seed" said={said} hint={t("planner.seed_hint")}>{(box) => (
          <input {...box} inputMode="numeric" value={draft.seed} placeholder={String(found?.seed ?? USUAL.seed)} onChange={(event) => change({ seed: event.target.value })} />)}</Field>
      </div>
      {size !== null && <p className={size > choices.limits.simulated_hours ? "amber" : "faint"}>{size > choices.limits.simulated_hours && "▲ "}{t("planner.size", { hours: number.format(size), most: number.format(choices.limits.simulated_hours) })}</p>}
      <Notice trouble={atField ? null : trouble} />
      {said && atField && <p className="unseen" role="alert">{said.text}</p>}
      <div className="with-button">
        <button className="primary" disabled={busy}>{t(busy ? "planner.sending" : "planner.run")}</button>
        {leave && <button type="button" onClick={leave}>{t("planner.cancel")}</button>}
      </div>
    </form>
  );
}
