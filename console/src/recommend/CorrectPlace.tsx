/** The place of an incident put right: looked up by its name, typed as a position, or pressed on the map. */
import { useState, type FormEvent } from "react";

import { useInSight } from "../boards/inSight";
import { PlaceSearch } from "../intake/PlaceSearch";
import { readPosition } from "../intake/position";
import { example, WhereField } from "../intake/WhereField";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { pair } from "../text/format";
import { useText } from "../text/i18n";
import { correctPlace } from "../wire/mending";
import type { IncidentRow } from "../wire/rows";

export function CorrectPlace({ incident, done }: { incident: IncidentRow; done: () => void }) {
  const { t } = useText();
  const [words, setWords] = useState("");
  const [where, setWhere] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `place:${incident.id}`;
  const sending = usePending(key);
  const box = useInSight<HTMLFormElement>();

  async function put(event: FormEvent) {
    event.preventDefault();
    const position = readPosition(where);
    if (!position) return complain(t("place.needs", { example: example() }));
    if (await attempt(() => waiting.give(key, () => correctPlace(incident.id, position, words.trim() || undefined)))) done();
  }

  return (
    <form ref={box} className="mending correct-place" onSubmit={(event) => void put(event)} noValidate aria-label={t("place.correct_title")}>
      <PlaceSearch id="right-address" label={t("place.right")} words={words} change={setWords}
        take={(place) => { setWords(place.label); setWhere(pair(place.position)); }} />
      <WhereField id="right-where" pick="place.pick" value={where} change={setWhere} />
      <button disabled={sending}>{t("place.put")}</button>
      <Notice trouble={trouble} />
    </form>
  );
}
