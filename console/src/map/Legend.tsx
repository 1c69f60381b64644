/** What colours and shapes mean. Each is said in words wherever it matters; this is only a reminder, beside the map: over it, it would hide marks. */
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import type { UnitStatus } from "../wire/rows";
import { layers } from "./layers";

const STATUSES: UnitStatus[] = ["AV", "DP", "EN", "SC", "TR", "HP", "NS"];

export function Legend() {
  const { t } = useText();
  const shown = useCell(layers);
  return (
    <div className="legend" aria-hidden="true">
      {STATUSES.map((status) => (
        <span key={status} title={t(`status.${status}`)}><i style={{ background: `var(--${status.toLowerCase()})` }} />{status} <small>{t(`status.${status}`)}</small></span>
      ))}
      <span><i className="hollow" />{t("map.stale")}</span>
      <span><i className="bar closure" />{t("map.closed")}</span>
      <span><i className="bar slowing" />{t("map.slowed")}</span>
      {shown.cover && <span>• ○ × {t("layer.cover.short")}</span>}
    </div>
  );
}
