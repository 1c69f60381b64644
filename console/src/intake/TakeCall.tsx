/** Step one: who calls, from where, about what. Enter stores the call. */
import { useEffect, useRef, type FormEvent } from "react";

import { usePending, waiting } from "../store/pending";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { Notice, useTrouble } from "../shell/Notice";
import { pair } from "../text/format";
import type { PlaceFound } from "../wire/answers";
import * as api from "../wire/api";
import { Refusal } from "../wire/send";
import { Before } from "./Before";
import { Callbacks } from "./Callbacks";
import { CallerCard } from "./CallerCard";
import { desk, isTyped, takeUpAgain, type Draft, type Words } from "./draft";
import { clearForm, outgoing, refused, stored } from "./form";
import { PlaceSearch } from "./PlaceSearch";
import { readPosition } from "./position";
import { example, WhereField } from "./WhereField";

export function TakeCall() {
  const { t } = useText();
  const { draft, aside = [] } = useCell(desk);
  const { trouble, setTrouble, complain, attempt } = useTrouble();
  const sending = usePending("call");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const focus = () => form.current?.querySelector<HTMLInputElement>("#phone")?.focus();
    addEventListener("vigil:intake", focus);
    return () => removeEventListener("vigil:intake", focus);
  }, []);

  useEffect(() => setTrouble(null), [setTrouble, draft.where, draft.phone, draft.complaint]);

  const edit = (part: Partial<Draft>) => desk.change({ draft: { ...desk.get().draft, ...part } });

  /** The map's wording and position; what the caller said goes along. */
  function take(place: PlaceFound) {
    const where = pair(place.position);
    const { confidence, ambiguous } = place;
    edit({ said: draft.address, address: place.label, where, place: { where, confidence, ambiguous } });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const position = readPosition(draft.where) ?? undefined;
    if (draft.where.trim() !== "" && !position) {
      complain(t("intake.where_wrong", { example: example() }));
      return;
    }
    if (draft.phone.trim() === "" || draft.complaint.trim() === "") return setTrouble({ text: t("needs.call"), extra: { lacking: true } });
    if (sending) return;
    const { id, words } = outgoing();
    const call = {
      id, phone: words.phone.trim(), complaint: words.complaint.trim(), caller_name: words.caller_name.trim() || undefined,
      address: words.address.trim() || undefined, position: readPosition(words.where) ?? undefined,
      address_said: words.said.trim() || undefined, ...known(words),
    };
    const taken = await attempt(() => waiting.give("call", () => api.takeCall(call)).catch((error: unknown) => {
      if (error instanceof Refusal && error.status < 500) refused(id);
      throw error;
    }));
    if (taken) stored(taken.id ?? id, words, taken.nearby ?? []);
  }

  const lacking = trouble?.extra.lacking === true;
  const wrong = {
    phone: (lacking && draft.phone.trim() === "") || trouble?.extra.type === "urn:vigil:BadPhone",
    complaint: lacking && draft.complaint.trim() === "",
  };
  return (
    <>
    <Callbacks />
    <form ref={form} className="fields" onSubmit={submit} noValidate>
      <label className="field">{t("intake.phone")}
        <input id="phone" value={draft.phone} onChange={(event) => edit({ phone: event.target.value })}
          inputMode="tel" autoComplete="off" required aria-invalid={wrong.phone} aria-describedby={wrong.phone ? "call-trouble" : undefined} />
      </label>
      <label className="field">{t("intake.caller")}
        <input value={draft.caller_name} onChange={(event) => edit({ caller_name: event.target.value })}
          autoComplete="off" />
      </label>
      <CallerCard phone={draft.phone} />
      <PlaceSearch words={draft.address} change={(address) => edit({ address, said: "" })} take={take} />
      {draft.place?.ambiguous && draft.place.where === draft.where
        && <p className="wide wrong"><span aria-hidden="true">▲ </span>{t("places.ask")}</p>}
      <WhereField value={draft.where} change={(where) => edit({ where })} />
      <Before at={readPosition(draft.where)} />
      <label className="field wide">{t("intake.complaint")}
        <input value={draft.complaint} onChange={(event) => edit({ complaint: event.target.value })}
          autoComplete="off" required aria-invalid={wrong.complaint} aria-describedby={wrong.complaint ? "call-trouble" : undefined} />
      </label>
      <div className="wide">
        <div id="call-trouble"><Notice trouble={trouble} /></div>
        <button className="primary" disabled={sending}>
          {sending ? t("sending") : <>{t("intake.store")} <kbd>Enter</kbd></>}
        </button>
        {(isTyped(draft) || draft.phone !== "") && !sending
          && <button type="button" className="quiet" onClick={() => { clearForm(); setTrouble(null); }}>{t("intake.clear")}</button>}
        {aside.map((kept) => (
          <button key={kept.id} type="button" className="quiet" onClick={() => takeUpAgain(kept)}>
            {t("intake.again", { what: [kept.phone, kept.complaint].filter(Boolean).join(" · ").slice(0, 40) })}</button>
        ))}
      </div>
    </form>
    </>
  );
}

/** How sure the position is: as the map answered, unless somebody has put it elsewhere since. */
function known({ place, where }: Words) {
  if (!place || place.where !== where) return {};
  return { place_source: "gazetteer", confidence: place.confidence, ambiguous: place.ambiguous };
}
