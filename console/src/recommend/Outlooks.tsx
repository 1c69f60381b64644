/** The answer to a look ahead: a line a unit, how sure it is, and how old. */
import { useSecond } from "../live/ticker";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { decimal, span, timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import type { UnitOutlook } from "../wire/answers";
import { difference, OLD_MS } from "./ahead";
import { useLookAhead } from "./useLookAhead";

export function Outlooks({ incident }: { incident: string }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  const { found, at, state, trouble, ask } = useLookAhead(incident);
  const waits = state !== "done";
  return (
    <>
      <div role="status" aria-busy={waits}>
        {trouble !== null ? <p className="notice"><span aria-hidden="true">■ </span>{trouble || t("error.unreachable")}</p>
          : waits ? <p>{t(state === "still" ? "ahead.still" : "ahead.reckoning")}</p>
          : <p>{t("ahead.asks")}</p>}
        {found && <ul className={waits || trouble !== null ? "before" : undefined}>{found.units.map((one) => <Outlook key={one.unit_id} unit={one} />)}</ul>}
      </div>
      <div className="ahead-age">
        {found && <Age at={at} />}
        <button type="button" className="quiet" disabled={waits} onClick={ask}>{t("ahead.again")}</button>
      </div>
      {found && <p className="words">{t("ahead.basis", { futures: found.futures, time: timeOfDay(found.at, city!.timezone),
        calls: decimal(found.calls_expected, language) })}{found.moves_made && <> {t("ahead.moves")}</>}</p>}
      <p className="words">{t("ahead.nothing")}</p>
    </>
  );
}

function Outlook({ unit }: { unit: UnitOutlook }) {
  const { t, language } = useText();
  const against = difference(unit);
  const inWords = ({ mean, low, high }: { mean: number; low: number; high: number }) =>
    ({ mean: decimal(mean, language), low: decimal(low, language), high: decimal(high, language) });
  return (
    <li>
      <b className="callsign">{unit.callsign}</b>
      <span>{t("ahead.late", inWords(unit.others_late))}</span>
      <span className={`against ${against.kind}`}>{"mean" in against ? t(`ahead.${against.kind}`, inWords(against)) : t(`ahead.${against.kind}`)}</span>
      {unit.late && <span className="own-late">{t("ahead.own_late")}</span>}
    </li>
  );
}

function Age({ at }: { at: number }) {
  const { t } = useText();
  const age = useSecond() * 1000 - at;
  return <span className={age > OLD_MS ? "old" : undefined}>{t(age > OLD_MS ? "ahead.old" : "ahead.age", { age: span(age / 1000) })}</span>;
}
