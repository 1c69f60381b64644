/** Whoever begins finds nobody on duty: this says so, and puts on duty whoever the filter shows. */
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { clock } from "../live/clock";
import { useText } from "../text/i18n";
import { comeOnDuty } from "../wire/field";
import type { UnitRow } from "../wire/rows";
import "./mendingTexts";

type Props = { nobody: boolean; off: UnitRow[] };

/** `nobody` : no unit at all is on duty. `off` : those that are shown and off duty; a vehicle out of service is not among them. */
export function SignOn({ nobody, off }: Props) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const sending = usePending("duty");
  return (
    <div className="sign-on">
      {nobody && <p className="nobody" role="status">▲ {t("duty.nobody")}</p>}
      <button type="button" className={nobody ? "primary" : ""} disabled={sending || off.length === 0}
        onClick={() => void attempt(() => waiting.give("duty", () => comeOnDuty(off, clock.iso())))}>
        {sending ? t("sending") : t("duty.bring", { count: off.length })}
      </button>
      <small className="faint">{t("duty.filter")}</small>
      <Notice trouble={trouble} />
    </div>
  );
}
