/** A few large buttons of which one may be down; pressed again it comes up. */
import { known, useText } from "../text/i18n";

type Props<T extends string> = {
  legend: string; options: readonly T[]; prefix: string; value: T | null; pick: (value: T | null) => void; coloured?: boolean;
};

export function Picks<T extends string>({ legend, options, prefix, value, pick, coloured = false }: Props<T>) {
  const { t } = useText();
  return (
    <fieldset className="field picks"><legend>{legend}</legend>
      <div className="row-of-picks">
        {options.map((one) => (
          <button key={one} type="button" aria-pressed={value === one} onClick={() => pick(value === one ? null : one)}
            className={coloured ? `colour-button ${one}` : "pick-button"}>{known(t, prefix, one)}</button>
        ))}
      </div>
    </fieldset>
  );
}
