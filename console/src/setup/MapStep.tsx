/** Streets: a file is sent or named, and read in beside the page, which says how far it is. */
import { useState } from "react";

import { useText } from "../text/i18n";
import { said, StepForm, type StepProps } from "./Form";
import { OffTheMap } from "./Known";
import { send, tell } from "./wire";

const percent = (share: number) => String(Math.round(share * 100));

export function MapStep({ told, heard }: StepProps) {
  const { t, language } = useText();
  const [sending, setSending] = useState<number | null>(null);
  const { reading, map, city } = told;
  async function give(fields: FormData) {
    const file = fields.get("file");
    const area = { middle: said(fields, "middle"), radius_km: said(fields, "radius") };
    if (file instanceof File && file.size > 0) {
      setSending(0);
      return send(file, area, setSending).finally(() => setSending(null));
    }
    const path = said(fields, "path");
    if (!path) return t("mapstep.choose");
    return tell("PUT", "/map/path", { path, middle: area.middle || null, radius_km: area.radius_km ? Number(area.radius_km) : null });
  }
  if (sending !== null || reading?.busy) {
    const share = sending ?? reading!.share;
    const words = sending !== null ? t("mapstep.sending", { share: percent(share) })
      : t("mapstep.reading", { file: reading!.file, share: percent(share) });
    return <div className="setup-progress"><p>{words}</p><progress value={share} aria-label={words} /></div>;
  }
  return (
    <>
      <p>{t("mapstep.why")}</p>
      {reading?.fault && <p className="notice" role="alert"><span aria-hidden="true">■ </span>{t("mapstep.failed", { file: reading.file, fault: reading.fault[language] })}</p>}
      {map && (
        <div className="setup-ready">
          <p role="status"><span aria-hidden="true">✓ </span>{t("mapstep.ready", { name: map.name, streets: map.streets, hospitals: map.found.length })}</p>
          <OffTheMap told={told} />
          <button type="button" className="primary setup-go" onClick={() => heard(told)}>{t("setup.next")}</button>
        </div>
      )}
      <StepForm give={give} heard={(found) => heard(found, false)} label={t("mapstep.read")}>
        <label className="field">{t("mapstep.file")}<input name="file" type="file" accept=".pbf,.osm,.gz" /></label>
        <label className="field">{t("mapstep.path")}<input name="path" spellCheck={false} autoCapitalize="none" placeholder={t("mapstep.path_like")} /></label>
        {!city?.shipped && (
          <details>
            <summary>{t("mapstep.part")}</summary>
            <div className="setup-fields">
              <label className="field">{t("mapstep.middle")}<input name="middle" placeholder="10.0340, 105.7882" /></label>
              <label className="field">{t("mapstep.radius")}<input name="radius" inputMode="decimal" placeholder="25" /></label>
            </div>
          </details>
        )}
      </StepForm>
      <p><small>{t("mapstep.credit")}</small></p>
    </>
  );
}
