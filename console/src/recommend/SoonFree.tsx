/** Units that are about to be free and would be here first: they cannot be sent yet, and say so. */
import { span } from "../text/format";
import { useText } from "../text/i18n";
import type { RankedUnit } from "../wire/answers";

export function SoonFree({ units }: { units: RankedUnit[] }) {
  const { t } = useText();
  if (units.length === 0) return null;
  return (
    <ul className="soon-free" aria-label={t("soon.title")}>
      {units.map((one) => (
        <li key={one.unit_id}>
          <b className="callsign">{one.callsign}</b>{" "}
          {t("soon.words", { free: span(Math.round(one.free_in_s ?? 0)), time: span(Math.round(one.score)) })}
        </li>
      ))}
    </ul>
  );
}
