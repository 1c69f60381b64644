/** How large a stretch is, in words: what was drawn can be told without seeing it. */
import { distance, pair } from "../text/format";
import { useText } from "../text/i18n";
import type { Point } from "../wire/rows";
import { measure, type Shape } from "./drawing";

const HECTARE_M2 = 10_000;

export function useSize(): (shape: Shape, points: Point[], reach_m?: number) => string {
  const { t, language } = useText();
  return (shape, points, reach_m) => {
    if (shape === "point") return reach_m === undefined ? t("roads.here", { place: pair(points[0]!) }) : t("size.point", { metres: Math.round(reach_m) });
    const size = measure(shape, points);
    if (shape === "line") return t("size.line", { length: distance(size, language) });
    const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
    return size < 100 * HECTARE_M2
      ? t("size.hectares", { size: number.format(size / HECTARE_M2) })
      : t("size.km2", { size: number.format(size / 1e6) });
  };
}
