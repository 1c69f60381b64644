/** While a stretch is drawn: which shape, what to click next, and the same without a mouse. */
import { useEffect } from "react";

import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { asShape, enough, sketch, withoutLast, withPoint, type Shape } from "./drawing";
import type { Ground } from "./ground";

const SHAPES: Shape[] = ["point", "line", "area"];

export function DrawBar({ map }: { map: Ground }) {
  const { t } = useText();
  const drawn = useCell(sketch);
  const active = drawn !== null && !drawn.done;

  // A second click on the last corner would zoom.
  useEffect(() => {
    if (!active) return;
    map.doubleClickZoom.disable();
    return () => { map.doubleClickZoom.enable(); };
  }, [map, active]);
  useEffect(() => () => sketch.set(null), []);

  if (!drawn || !active) return null;
  const count = drawn.points.length;
  function atCentre() {
    const { lat, lng } = map.getCenter();
    sketch.set(withPoint(drawn!, { lat, lon: lng }));
  }
  return (
    <div className="draw-bar" data-unsaved={count > 0} role="group" aria-label={t("draw.title")}>
      <div className="segments" role="radiogroup" aria-label={t("draw.shape")}>
        {SHAPES.map((shape) => (
          <label key={shape} className={`segment ${drawn.shape === shape ? "on" : ""}`}>
            <input type="radio" name="shape" checked={drawn.shape === shape} onChange={() => sketch.set(asShape(drawn, shape))} />
            {t(`draw.${shape}`)}
          </label>
        ))}
      </div>
      <p role="status">{t(`draw.say.${drawn.shape}`)}{count > 0 && <> {t("draw.count", { count })}</>}</p>
      <div className="with-button">
        {drawn.shape !== "point" && (
          <button type="button" className="primary" disabled={!enough(drawn)} onClick={() => sketch.set({ ...drawn, done: true })}>{t("draw.done")}</button>
        )}
        {drawn.shape !== "point" && (
          <button type="button" disabled={count === 0} onClick={() => sketch.set(withoutLast(drawn))}>{t("draw.undo")}</button>
        )}
        <button type="button" onClick={atCentre}>{t("draw.centre")}</button>
        <button type="button" className="quiet" onClick={() => sketch.set(null)}>{t("cancel")}</button>
      </div>
    </div>
  );
}
