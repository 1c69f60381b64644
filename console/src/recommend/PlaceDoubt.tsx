/** The place was guessed from words: it is read back to the caller before anybody is sent there. */
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
  if (!incident || incident.place_confirmed || incident.closed_at) return null;
  return (
    <div className="place-doubt" role="group" aria-label={t("place.doubt")}>
      <p><span aria-hidden="true">▲ </span><b>{t("place.doubt")}</b> {incident.address || pair(incident.position)}</p>
      <button type="button" disabled={sending}
        onClick={() => void attempt(() => waiting.give(`place:${id}`, () => api.confirmPlace(id)))}>{t("place.confirm")}</button>
      <Notice trouble={trouble} />
    </div>
  );
}
