/** One of a few, side by side. */
type Props<T> = { name: string; title: string; value: T; choose: (value: T) => void; options: [T, string][] };

export function Choices<T extends string | number | null>({ name, title, value, choose, options }: Props<T>) {
  return (
    <fieldset className="field"><legend>{title}</legend>
      <div className="segments">
        {options.map(([one, words]) => (
          <label key={String(one)} className={`segment ${value === one ? "on" : ""}`}>
            <input type="radio" name={name} checked={value === one} onChange={() => choose(one)} />{words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
