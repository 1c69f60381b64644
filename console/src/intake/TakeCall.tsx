/** Step one: who calls, from where, about what. Enter stores the call. */
import { useEffect, useRef, type FormEvent } from "react";

import { usePending, waiting } from "../store/pending";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { Notice, useTrouble } from "../shell/Notice";
import * as api from "../wire/api";
import { assess, desk, emptyAssessment, emptyDraft, type Draft } from "./draft";
import { readPosition } from "./position";
import { example, WhereField } from "./WhereField";

export function TakeCall() {
  const { t } = useText();
  const { draft } = useCell(desk);
  const { trouble, setTrouble, complain, attempt } = useTrouble();
  const sending = usePending("call");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const focus = () => form.current?.querySelector<HTMLInputElement>("#phone")?.focus();
    addEventListener("vigil:intake", focus);
    return () => removeEventListener("vigil:intake", focus);
  }, []);

  useEffect(() => setTrouble(null), [draft.where, draft.phone, draft.complaint]);

  const edit = (part: Partial<Draft>) => desk.change({ draft: { ...desk.get().draft, ...part } });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const position = readPosition(draft.where) ?? undefined;
    if (draft.where.trim() !== "" && !position) {
      complain(t("intake.where_wrong", { example: example() }));
      return;
    }
    const { id, phone, complaint } = draft;
    if (phone.trim() === "" || complaint.trim() === "") return complain(t("needs.call"));
    const caller_name = draft.caller_name.trim() || undefined;
    const address = draft.address.trim() || undefined;
    const call = { id, phone: phone.trim(), complaint: complaint.trim(), caller_name, address, position };
    const taken = await attempt(() => waiting.give("call", () => api.takeCall(call)));
    if (!taken) return;
    // Only the call that was sent is cleared: by now the next one may be half typed.
    if (desk.get().draft.id === id) desk.change({ draft: emptyDraft() });
    assess(taken.id ?? id, emptyAssessment(draft.where, taken.nearby ?? []));
  }

  return (
    <form ref={form} className="fields" onSubmit={submit} noValidate>
      <label className="field">{t("intake.phone")}
        <input id="phone" value={draft.phone} onChange={(event) => edit({ phone: event.target.value })}
          inputMode="tel" autoComplete="off" required />
      </label>
      <label className="field">{t("intake.caller")}
        <input value={draft.caller_name} onChange={(event) => edit({ caller_name: event.target.value })}
          autoComplete="off" />
      </label>
      <label className="field wide">{t("intake.address")}
        <input value={draft.address} onChange={(event) => edit({ address: event.target.value })} autoComplete="off" />
      </label>
      <WhereField value={draft.where} change={(where) => edit({ where })} />
      <label className="field wide">{t("intake.complaint")}
        <input value={draft.complaint} onChange={(event) => edit({ complaint: event.target.value })}
          autoComplete="off" required />
      </label>
      <div className="wide">
        <Notice trouble={trouble} />
        <button className="primary" disabled={sending}>
          {sending ? t("sending") : <>{t("intake.store")} <kbd>Enter</kbd></>}
        </button>
      </div>
    </form>
  );
}
