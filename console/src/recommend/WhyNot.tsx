/** "Why not C12?": asked of the advice as it was stored, for any unit, wherever it stands or was passed over. */
import { useEffect, useEffectEvent, useRef, useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { span } from "../text/format";
import { known, useText } from "../text/i18n";
import type { Recommendation, Why } from "../wire/answers";
import * as api from "../wire/api";
import { sendable } from "./order";
import { partsInOrder } from "./parts";

type Props = {
  advice: Recommendation;
  /** The unit somebody pressed on, instead of typing it. */
  asked: string | null;
  choose: (unit_id: string) => void;
};

export function WhyNot({ advice, asked, choose }: Props) {
  const { t, language } = useText();
  const { trouble, complain, attempt } = useTrouble();
  const [text, setText] = useState("");
  const [why, setWhy] = useState<Why | null>(null);
  const asking = useRef(0);
  const known_units = [...advice.units, ...advice.rejected].map((one) => one.callsign);

  async function ask(callsign: string) {
    setWhy(null);
    const mine = ++asking.current; // a late answer is not that of the unit asked for since
    // Typed in small letters is meant all the same.
    const meant = known_units.find((one) => one.toLowerCase() === callsign.trim().toLowerCase());
    if (!meant) return complain(t("why.unknown", { callsign: callsign.trim() }));
    const found = await attempt(() => api.whyNot(advice.decision_id, meant));
    if (found && mine === asking.current) setWhy(found);
  }

  // What was known when it was asked for; a ranking that comes later asks nothing by itself.
  const take = useEffectEvent((callsign: string) => {
    setText(callsign);
    void ask(callsign);
  });
  useEffect(() => { if (asked !== null) take(asked); }, [asked]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "") void ask(text);
  }

  const row = why && sendable(advice.units).find((one) => one.callsign === why.callsign);
  return (
    <form className="why-not" onSubmit={submit} noValidate>
      <div className="with-button">
        <input value={text} onChange={(event) => setText(event.target.value)} list="callsigns" autoComplete="off" spellCheck={false}
          placeholder={t("why.hint")} aria-label={t("why.hint")} />
        <button>{t("why.ask")}</button>
      </div>
      <datalist id="callsigns">{known_units.map((one) => <option key={one} value={one} />)}</datalist>
      <Notice trouble={trouble} />
      {why && (
        <div className="why-told" role="status">
          <p><b className="callsign">{why.callsign}</b> {why.rank === null ? t("why.passed") : t("why.rank", { rank: why.rank })}
            {why.score !== null && <> · {span(Math.round(why.score))}</>}
            {why.behind_s !== null && why.first && <> · {t("why.behind", { time: span(Math.round(why.behind_s)), callsign: why.first })}</>}</p>
          {why.rank !== null && <p className="words">{partsInOrder(why.parts).map(({ name, seconds }) =>
            `${known(t, "part", name)} ${seconds < 0 ? "−" : "+"}${Math.abs(Math.round(seconds))} s`).join(" · ")}</p>}
          <ul>{(language === "vi" ? why.vi : why.en).slice(why.rank === null ? 0 : 1).map((line) => <li key={line}>{line}</li>)}</ul>
          {row && <button type="button" onClick={() => choose(row.unit_id)}>{t("why.choose", { callsign: row.callsign })}</button>}
        </div>
      )}
    </form>
  );
}
