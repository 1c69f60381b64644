/** The place was guessed from words: it is read back to the caller before anybody is sent there. */
import { Suspense, useState } from "react";

import { CorrectPlace } from "../boards/forms";
import { useRow } from "../live";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { pair } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";

export function PlaceDoubt({ incident: id }: { incident: string }) {
  const { t } = useText();
  const incident = useRow("incidents", id);
  const { trouble, attempt } = useTrouble();
  const sending = usePending(`place:${id}`);
  const [correcting, setCorrecting] = useState(false);
  if (!incident || incident.place_confirmed || incident.closed_at) return null;
  return (
    <div className="place-doubt" role="group" aria-label={t("place.doubt")}>
      <p><span aria-hidden="true">▲ </span><b>{t("place.doubt")}</b> {incident.address || pair(incident.position)}</p>
      <div className="row-of-buttons">
        <button type="button" disabled={sending}
          onClick={() => void attempt(() => waiting.give(`place:${id}`, () => api.confirmPlace(id)))}>{t("place.confirm")}</button>
        <button type="button" className="quiet" aria-expanded={correcting} onClick={() => setCorrecting(!correcting)}>{t("place.correct")}</button>
      </div>
      {correcting && <Suspense fallback={null}><CorrectPlace incident={incident} done={() => setCorrecting(false)} /></Suspense>}
      <Notice trouble={trouble} />
    </div>
  );
}
