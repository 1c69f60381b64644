/** The sheet that goes to the hospital: its name, the QR code, what to do with it. Shown once, for nobody keeps the secret. */
import { useState } from "react";

import { clock } from "../live/clock";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { useText } from "../text/i18n";
import type { HospitalLinkMade } from "../wire/ward";
import { useHospitalName } from "./hospitalName";

export function LinkSheet({ link, done }: { link: HospitalLinkMade; done: () => void }) {
  const { t, language } = useText();
  const city = useCell(session).city!;
  const name = useHospitalName();
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(link.url).then(() => setCopied(true), () => undefined);
  return (
    <div className="link-sheet" role="group" aria-label={t("links.sheet")}>
      <p className="hot no-print"><b>{t("links.once")}</b></p>
      <h3>{name(link.hospital_id)}</h3>
      <p>{link.label}</p>
      <img src={link.picture} alt={t("links.picture")} width="220" height="220" />
      <p className="link-url">{link.url}</p>
      <p>{t("links.how", { number: city.emergency_number, until: timeAndDay(link.expires_at, city.timezone, language, clock.now() / 1000) })}</p>
      <div className="row-of-buttons no-print">
        <button type="button" className="primary" onClick={() => print()}>{t("links.print")}</button>
        {"clipboard" in navigator && <button type="button" onClick={() => void copy()}>{copied ? `✓ ${t("links.copied")}` : t("links.copy")}</button>}
        <button type="button" onClick={done}>{t("links.done")}</button>
      </div>
    </div>
  );
}
