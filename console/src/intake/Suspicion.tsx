/** Why a call waits behind others, and one key to bring it up. */
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import type { CallRow } from "../wire/rows";

export function Suspicion({ call }: { call: CallRow }) {
  const { t, say } = useText();
  const { trouble, attempt } = useTrouble();
  const sending = usePending(`raise:${call.id}`);
  const { suspicion } = call;
  if (!suspicion || call.incident_id) return null;
  return (
    <div className="wide caller-card suspected">
      <p><span aria-hidden="true">▲ </span>{t("caller.suspected")} {suspicion.reasons.map(say).join(" · ")}</p>
      {!suspicion.raised && <button type="button" disabled={sending}
        onClick={() => void attempt(() => waiting.give(`raise:${call.id}`, () => api.raiseCall(call.id)))}>{t("call.raise")}</button>}
      <Notice trouble={trouble} />
    </div>
  );
}
