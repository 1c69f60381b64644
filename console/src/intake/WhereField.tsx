/** The position: typed as "lat, lon" or taken with one click on the map. */
import { useEffect } from "react";

import { useCell } from "../store/cell";
import { pair } from "../text/format";
import { useText, type Key } from "../text/i18n";
import { session } from "../shell/session";
import { picking, pin } from "../shell/selection";
import { readPosition } from "./position";

/** The middle of this city, as somebody would type it. */
export function example(): string {
  const { lat, lon } = session.get().city!.centre;
  return `${lat}, ${lon}`;
}

type Props = { id?: string; pick?: Key; value: string; change: (where: string) => void };

export function WhereField({ id = "where", pick = "map.pick", value, change }: Props) {
  const { t } = useText();
  const active = useCell(picking)?.say === pick;
  const point = readPosition(value);
  const wrong = value.trim() !== "" && point === null;

  useEffect(() => {
    pin.set(readPosition(value));
    return () => pin.set(null);
  }, [value]);
  useEffect(() => () => { if (picking.get()?.say === pick) picking.set(null); }, [pick]);

  return (
    <div className="field wide">
      <label htmlFor={id}>{t("intake.where")}</label>
      <div className="with-button">
        <input id={id} value={value} onChange={(event) => change(event.target.value)} autoComplete="off"
          spellCheck={false} placeholder={example()} aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined} />
        <button type="button" aria-pressed={active} className="pick"
          onClick={() => picking.set(active ? null : { say: pick, take: (picked) => change(pair(picked)) })}>
          {t("intake.pick")}
        </button>
      </div>
      {wrong && <p id={`${id}-wrong`} className="wrong">{t("intake.where_wrong", { example: example() })}</p>}
    </div>
  );
}
