/** What the map shows besides what it must: each layer with a word on what it says. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { percent } from "../text/format";
import { useText } from "../text/i18n";
import { cityPoints, useCityPoints, useCoverCells } from "./cityLayers";
import { LAYERS, layers, show, type Layer } from "./layers";

export function LayersPanel() {
  const { t } = useText();
  const shown = useCell(layers);
  const points = useCell(cityPoints);
  useCityPoints();
  const count = (layer: Layer) => (layer === "camera" || layer === "school" ? points.filter((point) => point.kind === layer).length : null);
  return (
    <fieldset className="map-sheet layers">
      <legend className="unseen">{t("map.layers")}</legend>
      {LAYERS.map((layer) => (
        <label key={layer}>
          <input type="checkbox" checked={shown[layer]} onChange={(event) => show(layer, event.target.checked)} />
          <span><b>{t(`layer.${layer}`)}</b>{count(layer) !== null && <> <small>{t("layer.count", { count: count(layer)! })}</small></>}
            {layer === "cover" && shown.cover && <CoverWords />}</span>
        </label>
      ))}
      {(shown.camera || shown.school) && <PointsBy />}
    </fieldset>
  );
}

/** The layer in words, for those who cannot see its marks, and for those who can. */
function CoverWords() {
  const { t, language } = useText();
  const value = useCoverCells();
  if (!value) return <small>{t("layer.cover.asked")}</small>;
  const gaps = value.cells.filter((cell) => cell.units === 0);
  const share = gaps.reduce((sum, cell) => sum + cell.weight, 0);
  return (
    <small className="words">{t("layer.cover.says", { minutes: Math.round(value.minutes), share: percent(value.share, language) })}{" "}
      {t("layer.cover.gaps", { count: gaps.length, share: percent(share, language) })} {t("layer.cover.key")}</small>
  );
}

/** Where the points of a real city are from. */
function PointsBy() {
  const { t } = useText();
  const fictional = useCell(session).city!.fictional;
  return <small className="faint">{t(fictional ? "layer.invented" : "layer.from_osm")}</small>;
}

/** Keeps a layer up to date while its sheet is closed. */
export function LayersAtWork() {
  const shown = useCell(layers);
  return <>{shown.cover && <Cover />}{(shown.camera || shown.school) && <Points />}</>;
}

function Cover() {
  useCoverCells();
  return null;
}

function Points() {
  useCityPoints();
  return null;
}
