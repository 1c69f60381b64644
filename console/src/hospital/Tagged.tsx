/** Who comes with this run, where the patients have tags: colour, sex, age, so that the right bay is ready. */
import { ColourBadge } from "../patients/ColourBadge";
import { known, useText } from "../text/i18n";
import type { PatientRow } from "../wire/rows";

export function Tagged({ patients }: { patients: PatientRow[] }) {
  const { t } = useText();
  if (patients.length === 0) return null;
  return (
    <ul className="tagged">
      {patients.map((one) => (
        <li key={one.id}><b className="tag">{one.tag}</b> <ColourBadge sort={one.category ?? "unsorted"} />
          <span>{[one.sex && known(t, "sex", one.sex), one.age_band && known(t, "age_band", one.age_band)].filter(Boolean).join(", ")}</span></li>
      ))}
    </ul>
  );
}
