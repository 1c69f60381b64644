/** One kind of bed: how many are empty, with a thumb on either side; how many there are; who else said otherwise. */
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import type { BedRow } from "../wire/rows";
import { counted, empty, type Count } from "./beds";

type Props = {
  name: string;
  bed: BedRow;
  edit: Count | undefined;
  /** What stood here when the counting began. */
  was: Count | undefined;
  timezone: string;
  unsent: boolean;
  change: (count: Count) => void;
};

export function BedCard({ name, bed, edit, was, timezone, unsent, change }: Props) {
  const { t } = useText();
  const count = counted(bed, edit);
  const clash = edit && was && (was.empty !== empty(bed) || was.staffed !== bed.staffed);
  return (
    <div className={`bed-card ${edit ? "edited" : unsent ? "unsent" : ""}`} role="group" aria-label={name}>
      <div className="bed-name">
        <h2>{name}</h2>
        <label className="staffed">{t("beds.staffed")}
          <input type="number" min={0} max={9999} inputMode="numeric" value={count.staffed}
            onChange={(event) => change({ ...count, staffed: Number(event.target.value) || 0 })} />
        </label>
        {bed.assumed && !edit && <p className="held">▲ {t("beds.assumed")}</p>}
        {bed.held > 0 && <p className="held">{t("beds.held", { held: bed.held, free: Math.max(0, count.empty - bed.held) })}</p>}
        {clash && (
          <p className="clash" role="alert">▲ {t("beds.clash", {
            who: bed.reported_by ?? t("ward.somebody"), empty: empty(bed), staffed: bed.staffed,
            time: bed.reported_at ? timeOfDay(bed.reported_at, timezone, false) : "?",
          })}</p>
        )}
      </div>
      <button type="button" className="stepper" aria-label={t("beds.fewer", { name })} disabled={count.empty <= 0}
        onClick={() => change({ ...count, empty: count.empty - 1 })}>−</button>
      <output className="bed-count" aria-label={t("beds.empty", { name })}>{count.empty}<small>{t("beds.empty_short")}</small></output>
      <button type="button" className="stepper" aria-label={t("beds.more", { name })}
        onClick={() => change({ ...count, empty: count.empty + 1 })}>+</button>
    </div>
  );
}
