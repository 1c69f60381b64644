/** Ground, water, buildings: what lies below the streets. */
import type { FilterSpecification, LayerSpecification } from "maplibre-gl";

import { byZoom, classIs, SOURCE } from "./expressions";
import type { Palette } from "./palettes";

type FillLayer = Extract<LayerSpecification, { type: "fill" }>;

/** Ground first, then water, then lines that are not streets. */
export function ground(colour: Palette): LayerSpecification[] {
  const fill = (id: string, layer: string, filter: FilterSpecification | undefined, paint: string): FillLayer => ({
    id, type: "fill", source: SOURCE, "source-layer": layer, ...(filter ? { filter } : {}), paint: { "fill-color": paint },
  });
  return [
    { id: "land", type: "background", paint: { "background-color": colour.land } },
    fill("built", "landuse", classIs("industrial", "military", "airport", "cemetery"), colour.built),
    fill("park", "landuse", classIs("park", "wood"), colour.park),
    fill("hospital", "landuse", classIs("hospital"), colour.hospital),
    {
      id: "waterways", type: "line", source: SOURCE, "source-layer": "waterways",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colour.waterLine,
        "line-width": ["interpolate", ["exponential", 1.4], ["zoom"],
          8, ["match", ["get", "class"], "river", 0.8, 0.3],
          13, ["match", ["get", "class"], "river", 2.4, "canal", 1.8, 0.8],
          18, ["match", ["get", "class"], "river", 14, "canal", 10, 4]],
      },
    },
    fill("water", "water", undefined, colour.water),
    {
      id: "shores", type: "line", source: SOURCE, "source-layer": "water", minzoom: 12,
      paint: { "line-color": colour.shore, "line-width": byZoom([[12, 0.4], [16, 1.2]]) },
    },
    { ...fill("houses", "buildings", undefined, colour.house), minzoom: 14 },
    {
      id: "runways", type: "line", source: SOURCE, "source-layer": "streets", filter: classIs("runway", "taxiway"),
      paint: {
        "line-color": colour.street,
        "line-width": byZoom([[10, 1], [13, 4], [16, 26]]),
      },
    },
    {
      id: "boundaries", type: "line", source: SOURCE, "source-layer": "boundaries",
      paint: { "line-color": colour.boundary, "line-width": 1, "line-dasharray": [4, 3], "line-opacity": 0.7 },
    },
  ];
}
