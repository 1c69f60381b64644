/** Streets and rails, their widths and their order. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";

import { byZoom, classIs, SOURCE } from "./expressions";
import type { Palette } from "./palettes";

/** Further out a bridge is shorter than its railings are wide. */
const BRIDGES_FROM = 12.5;

/** Width in pixels at zooms 10, 13, 15 and 18 of each class; links are narrower. */
type StreetDrawing = { classes: string[]; colour: keyof Palette; from: number; widths: [number, number, number, number] };

const STREETS: StreetDrawing[] = [
  { classes: ["alley"], colour: "alley", from: 13, widths: [0, 0.5, 1.6, 8] },
  { classes: ["street"], colour: "street", from: 12, widths: [0, 0.9, 3.2, 14] },
  { classes: ["tertiary"], colour: "tertiary", from: 11, widths: [0.5, 1.7, 4.6, 18] },
  { classes: ["secondary"], colour: "secondary", from: 10, widths: [0.7, 2.2, 5.6, 20] },
  { classes: ["primary"], colour: "primary", from: 9, widths: [1, 2.8, 6.4, 22] },
  { classes: ["motorway", "trunk"], colour: "trunk", from: 8, widths: [1.4, 3.4, 7.4, 24] },
];

function width([z10, z13, z15, z18]: StreetDrawing["widths"], extra: number): ExpressionSpecification {
  const narrowed = (pixels: number): ExpressionSpecification => ["+", ["case", ["has", "link"], pixels * 0.6, pixels], extra];
  return [
    "interpolate", ["exponential", 1.4], ["zoom"],
    10, narrowed(z10), 13, narrowed(z13), 15, narrowed(z15), 18, narrowed(z18),
  ] as ExpressionSpecification;
}

/** Streets by rank; those on bridges once more on top, so that what crosses a river is seen at a glance. */
export function streets(colour: Palette): LayerSpecification[] {
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const casings: LayerSpecification[] = STREETS.map(({ classes, widths, from }) => ({
    id: `casing-${classes[0]}`, type: "line", source: SOURCE, "source-layer": "streets",
    minzoom: from, filter: ["all", classIs(...classes), ["!", ["has", "tunnel"]]], layout: round,
    paint: { "line-color": colour.casing, "line-width": width(widths, 1.4), "line-opacity": byZoom([[10, 0.5], [14, 1]]) },
  }));
  const fills: LayerSpecification[] = STREETS.map(({ classes, widths, from, colour: shade }) => ({
    id: `street-${classes[0]}`, type: "line", source: SOURCE, "source-layer": "streets", minzoom: from,
    filter: classIs(...classes), layout: round,
    paint: {
      "line-color": colour[shade], "line-width": width(widths, 0),
      "line-opacity": ["case", ["has", "tunnel"], 0.45, 1],
    },
  }));
  const bridges: LayerSpecification[] = STREETS.flatMap(({ classes, widths, from, colour: shade }): LayerSpecification[] => {
    const onBridge = ["all", classIs(...classes), ["has", "bridge"]] as ExpressionSpecification;
    const shared = { type: "line", source: SOURCE, "source-layer": "streets", minzoom: Math.max(from, BRIDGES_FROM), filter: onBridge } as const;
    return [
      { ...shared, id: `rails-of-bridge-${classes[0]}`, paint: { "line-color": colour.bridge, "line-width": width(widths, 3) } },
      { ...shared, id: `bridge-${classes[0]}`, layout: { "line-join": "round" }, paint: { "line-color": colour[shade], "line-width": width(widths, 0.4) } },
    ];
  });
  return [
    {
      id: "paths", type: "line", source: SOURCE, "source-layer": "streets", minzoom: 14.5, filter: classIs("path"),
      paint: { "line-color": colour.tertiary, "line-width": byZoom([[14, 0.5], [18, 2]]), "line-dasharray": [2, 2] },
    },
    ...casings,
    {
      id: "rails", type: "line", source: SOURCE, "source-layer": "streets",
      filter: ["all", classIs("rail"), ["!", ["has", "tunnel"]]],
      paint: { "line-color": colour.rail, "line-width": byZoom([[9, 0.6], [14, 1.6], [18, 4]]), "line-dasharray": [3, 2] },
    },
    ...fills,
    ...bridges,
  ];
}
