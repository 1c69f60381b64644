/** One question of a card: a choice, or a number. An answer counts as soon as it is given. */
import { useEffect, useState } from "react";

import { useText } from "../text/i18n";
import type { Protocol } from "../wire/answers";

type Asked = Protocol["questions"][number];
type Props = { question: Asked; given: string | undefined; answer: (value: string) => void };

export function Question({ question, given, answer }: Props) {
  const { say } = useText();
  return (
    <fieldset className="question">
      <legend>{say(question.text)}</legend>
      {question.numbers ? <Figure question={question} given={given} answer={answer} /> : (
        <div className="answers">
          {question.answers.map(({ value, text }) => (
            <label key={value} className={given === value ? "answer on" : "answer"}>
              <input type="radio" name={question.id} checked={given === value} onChange={() => answer(value)} />
              {say(text)}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}

function Figure({ question, given, answer }: Props) {
  const { say } = useText();
  const [text, setText] = useState(given ?? "");
  useEffect(() => setText(given ?? ""), [given]);
  const { least, most, unit } = question.numbers!;
  const number = Number(text.replace(",", "."));
  const fits = text.trim() !== "" && number >= least && number <= most;
  const done = () => fits && String(number) !== given && answer(String(number));
  return (
    <div className="answers figure">
      <input value={text} inputMode="decimal" aria-label={say(question.text)} aria-invalid={text.trim() !== "" && !fits}
        placeholder={`${least}–${most}`} onChange={(event) => setText(event.target.value)} onBlur={done}
        onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); done(); } }} />
      <span className="faint">{say(unit)}</span>
    </div>
  );
}
