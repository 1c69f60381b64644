/** One number in the header: the share of the expected emergencies that free units reach in time. */
import { usePolled } from "../live/polled";
import { percent } from "../text/format";
import { useText } from "../text/i18n";
import * as api from "../wire/api";
import { useFleetVersion } from "./fleet";

const EVERY_MS = 20_000;

export function Coverage() {
  const { t, language } = useText();
  const { value } = usePolled(api.coverage, EVERY_MS, useFleetVersion());
  if (!value) return null;
  const share = percent(value.share, language);
  return (
    <span className="fact coverage" title={t("cover.says", { share, minutes: value.minutes, units: value.units_counted })}>
      {t("cover.short", { minutes: value.minutes })} <b>{share}</b>{value.stale && <small> {t("cover.stale")}</small>}
    </span>
  );
}
