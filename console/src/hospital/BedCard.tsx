/** One kind of bed: how many are empty, with a thumb on either side; how many there are; who else said otherwise. */
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import type { BedRow } from "../wire/rows";
import { counted, differs, empty, type Count } from "./beds";

type Props = {
  name: string;
  bed: BedRow;
  edit: Count | undefined;
  /** What stood here when the counting began. */
  base: BedRow | undefined;
  /** What stood here before somebody else counted, or a patient came; undefined where nothing moved. */
  before: BedRow | undefined;
  timezone: string;
  unsent: boolean;
  change: (count: Count) => void;
  /** Where both have counted: this number holds, or the other. */
  decide: (mine: boolean) => void;
};

export function BedCard({ name, bed, edit, base, before, timezone, unsent, change, decide }: Props) {
  const { t } = useText();
  const count = counted(bed, edit);
  const clash = edit && base && differs(bed, base);
  const told = (old: BedRow) => {
    const figures = { empty: empty(bed), staffed: bed.staffed, before: empty(old), before_staffed: old.staffed };
    return bed.reported_at === old.reported_at || bed.reported_at === null ? t("beds.came", figures)
      : t("beds.moved", { ...figures, who: bed.reported_by ?? t("ward.somebody"), time: timeOfDay(bed.reported_at, timezone, false) });
  };
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
        {before && !clash && <p className="clash moved" role="status">▲ {told(before)}</p>}
      </div>
      <button type="button" className="stepper" aria-label={t("beds.fewer", { name })} disabled={count.empty <= 0}
        onClick={() => change({ ...count, empty: count.empty - 1 })}>−</button>
      <output className="bed-count" aria-label={t("beds.empty", { name })}>{count.empty}<small>{t("beds.empty_short")}</small></output>
      <button type="button" className="stepper" aria-label={t("beds.more", { name })}
        onClick={() => change({ ...count, empty: count.empty + 1 })}>+</button>
      {clash && (
        <div className="clash-choice">
          <p className="clash" role="alert">▲ {told(base)} {t("beds.clash")}</p>
          <button type="button" onClick={() => decide(true)}>{t("beds.keep_mine", { empty: count.empty, staffed: count.staffed })}</button>
          <button type="button" onClick={() => decide(false)}>{t("beds.take_theirs", { empty: empty(bed), staffed: bed.staffed })}</button>
        </div>
      )}
    </div>
  );
}
