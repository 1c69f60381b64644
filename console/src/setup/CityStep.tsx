/** Which city this is: one that comes with Vigil, or a name, a zone and two numbers. */
import { useState } from "react";

import { useText } from "../text/i18n";
import { said, StepForm, type StepProps } from "./Form";
import { slug } from "./spot";
import { tell } from "./wire";
import { zoneInUse } from "./zone";

export function CityStep({ told, heard }: StepProps) {
  const { t, say } = useText();
  const known = told.city;
  const [which, setWhich] = useState(known ? (known.shipped ? known.id : "") : (told.cities[0]?.id ?? ""));
  const [vi, setVi] = useState(known?.shipped ? "" : known?.vi ?? "");
  const give = (fields: FormData) => tell("PUT", "/city", which
    ? { id: which, shipped: true }
    : {
      id: said(fields, "id"), vi: said(fields, "vi"), en: said(fields, "en"), timezone: said(fields, "timezone"),
      emergency_number: said(fields, "number"), country_code: said(fields, "country"),
    });
  return (
    <StepForm give={give} heard={heard}>
      <fieldset>
        <legend>{t("city.which")}</legend>
        {told.cities.map((city) => (
          <label key={city.id} className="setup-choice">
            <input type="radio" name="which" checked={which === city.id} onChange={() => setWhich(city.id)} />
            {t("city.shipped", { name: say(city.name) })}
          </label>
        ))}
        <label className="setup-choice">
          <input type="radio" name="which" checked={which === ""} onChange={() => setWhich("")} />{t("city.own")}
        </label>
      </fieldset>
      {which === "" && (
        <div className="setup-fields">
          <label className="field">{t("city.vi")}<input name="vi" value={vi} onChange={(event) => setVi(event.target.value)} required /></label>
          <label className="field">{t("city.en")}<input name="en" defaultValue={known?.shipped ? "" : known?.en} required /></label>
          <label className="field">{t("city.id")}<input key={slug(vi)} name="id" defaultValue={slug(vi) || known?.id} autoCapitalize="none" spellCheck={false} required /></label>
          <label className="field">{t("city.timezone")}<input name="timezone" defaultValue={known?.timezone ?? zoneInUse(Intl.DateTimeFormat().resolvedOptions().timeZone)} spellCheck={false} required /></label>
          <label className="field">{t("city.number")}<input name="number" inputMode="numeric" defaultValue={known?.emergency_number ?? "115"} required /></label>
          <label className="field">{t("city.country")}<input name="country" inputMode="numeric" defaultValue={known?.country_code ?? "84"} required /></label>
        </div>
      )}
    </StepForm>
  );
}
