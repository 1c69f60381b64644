/** Sums of a chart: from values to pixels, and where its marks stand. */

export type Axis = { low: number; high: number; from: number; to: number };

/** `from` and `to` are the pixels of `low` and `high`. */
export const along = ({ low, high, from, to }: Axis, value: number): number => from + ((value - low) / (high - low || 1)) * (to - from);
export const back = ({ low, high, from, to }: Axis, pixel: number): number => low + ((pixel - from) / (to - from || 1)) * (high - low);

/** 0 and round steps until `most` is below the last. */
export function ticks(most: number, about = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / about;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * ten).find((one) => one >= rough)!;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** A line through the points; a gap where a value is missing, and a dot where one stands alone. */
export function path(points: (readonly [x: number, y: number | null])[]): string {
  let pen = "M";
  return points.map(([x, y]) => {
    if (y === null || Number.isNaN(y)) {
      pen = "M";
      return "";
    }
    const said = `${pen}${x.toFixed(1)} ${y.toFixed(1)}${pen === "M" ? "h0" : ""}`;
    pen = "L";
    return said;
  }).join("");
}

/** The value of evenly spaced steps at a place along them; null outside and where it is missing. */
export function valueAt(values: (number | null)[], begins: number, step: number, place: number): number | null {
  const index = Math.floor((place - begins) / step);
  return values[Math.min(index, place === begins + step * values.length ? values.length - 1 : index)] ?? null;
}
