/** What a hospital may be sought for: guessed from its name, and corrected here in words. */
import { en, vi } from "virtual:texts/ward";

import { addTexts, known, useText } from "../text/i18n";

addTexts({ vi, en });
const SERVICE = "service.";
export const SPECIALITIES = Object.keys(vi).filter((key) => key.startsWith(SERVICE)).map((key) => key.slice(SERVICE.length));

type Props = { chosen: string[]; choose: (specialities: string[]) => void };

export function Specialities({ chosen, choose }: Props) {
  const { t } = useText();
  return (
    <details className="wide setup-ticks">
      <summary>{t("hosp.services")}: {chosen.length > 0 ? chosen.map((one) => known(t, "service", one)).join(", ") : t("hosp.services_none")}</summary>
      <div>
        {SPECIALITIES.map((one) => (
          <label key={one} className="setup-choice">
            <input type="checkbox" checked={chosen.includes(one)} onChange={(event) =>
              choose(SPECIALITIES.filter((each) => (each === one ? event.target.checked : chosen.includes(each))))} />
            {known(t, "service", one)}
          </label>
        ))}
      </div>
    </details>
  );
}
