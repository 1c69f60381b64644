/** The way as a line: north is up, ● is us, ◆ the scene, ✚ the hospital. */
import { useText } from "../text/i18n";
import type { Point } from "../wire/rows";

type Line = [number, number][];
type Props = { whole: Line; ahead: Line; us: Point; kind: "scene" | "hospital" };

const WIDTH = 360;
const HEIGHT = 240;
const EDGE = 22;

export function RoadPicture({ whole, ahead, us, kind }: Props) {
  const { t } = useText();
  const at = fit([...ahead, [us.lat, us.lon]]);
  const path = (line: Line) => line.map(([lat, lon], place) => `${place ? "L" : "M"}${at(lat, lon).join(" ")}`).join("");
  const end = whole.at(-1);
  const [x, y] = at(us.lat, us.lon);
  const [endX, endY] = end ? at(...end) : [0, 0];
  const metres = scaleBar(ahead, us);
  return (
    <svg className="road-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("crew.road.picture")}>
      <path className="driven" d={path(whole)} />
      <path className="ahead" d={path(ahead)} />
      {end && (kind === "hospital"
        ? <path className="goal" d={`M${endX - 9} ${endY}h18M${endX} ${endY - 9}v18`} />
        : <path className="goal filled" d={`M${endX} ${endY - 10}l10 10l-10 10l-10 -10z`} />)}
      <circle className="us" cx={x} cy={y} r="8" />
      <g className="scale"><path d={`M12 ${HEIGHT - 10}h${metres.pixels}`} /><text x="12" y={HEIGHT - 15}>{metres.text}</text></g>
      <text className="north" x={WIDTH - 18} y="20" aria-hidden="true">↑</text>
    </svg>
  );
}

function bounds(line: Line) {
  const [lats, lons] = [line.map(([lat]) => lat), line.map(([, lon]) => lon)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  // Never closer than some hundred metres: one street alone tells nothing.
  const high = Math.max(north - south, 0.0015);
  const wide = Math.max((east - west) * narrow, 0.0015);
  return { south, north, west, east, narrow, scale: Math.min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high) };
}

/** Pixels of a place, the whole of `line` in sight. */
function fit(line: Line): (lat: number, lon: number) => [number, number] {
  const { south, north, west, east, narrow, scale } = bounds(line);
  return (lat, lon) => [
    Math.round((WIDTH / 2 + (lon - (west + east) / 2) * narrow * scale) * 10) / 10,
    Math.round((HEIGHT / 2 - (lat - (south + north) / 2) * scale) * 10) / 10,
  ];
}

/** A round number of metres that is about a quarter of the picture. */
function scaleBar(ahead: Line, us: Point): { pixels: number; text: string } {
  const pixelsAMetre = bounds([...ahead, [us.lat, us.lon]]).scale / 111_320;
  const wanted = WIDTH / 4 / pixelsAMetre;
  const metres = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000].findLast((one) => one <= wanted) ?? 50;
  return { pixels: Math.round(metres * pixelsAMetre), text: metres < 1000 ? `${metres} m` : `${metres / 1000} km` };
}
