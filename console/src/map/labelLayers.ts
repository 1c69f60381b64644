/** Names on the base map, drawn with the browser's own fonts: nothing is asked of a glyph server. */
import type { LayerSpecification } from "maplibre-gl";

import { byZoom, classIs, SOURCE } from "./expressions";
import type { Palette } from "./palettes";

const FONTS = ["Noto Sans", "Segoe UI", "Roboto", "Helvetica Neue", "Arial"];
const STRONG_FONTS = ["Noto Sans Medium", ...FONTS];

export function labels(colour: Palette): LayerSpecification[] {
  const halo = { "text-halo-color": colour.halo, "text-halo-width": 1.4 };
  const alongStreet = (id: string, minzoom: number, classes: string[], sizes: [number, number][]): LayerSpecification => ({
    id, type: "symbol", source: SOURCE, "source-layer": "streets", minzoom,
    filter: ["all", classIs(...classes), ["has", "name"]],
    layout: {
      "symbol-placement": "line", "symbol-spacing": 260, "text-field": ["get", "name"], "text-font": FONTS,
      "text-size": byZoom(sizes), "text-padding": 4, "text-max-angle": 35,
    },
    paint: { "text-color": colour.streetText, ...halo },
  });
  const ofPlaces = (id: string, range: [number, number], classes: string[], sizes: [number, number][], strong: boolean): LayerSpecification => ({
    id, type: "symbol", source: SOURCE, "source-layer": "places", minzoom: range[0], maxzoom: range[1],
    filter: classIs(...classes),
    layout: {
      "text-field": ["get", "name"], "text-font": strong ? STRONG_FONTS : FONTS, "text-size": byZoom(sizes),
      "text-max-width": 8, "text-padding": 10, "text-letter-spacing": strong ? 0.02 : 0,
      // Beside a hospital that stands where the name would.
      "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.2,
    },
    paint: { "text-color": strong ? colour.placeText : colour.minorPlaceText, ...halo },
  });
  return [
    {
      id: "names-waterways", type: "symbol", source: SOURCE, "source-layer": "waterways", minzoom: 11,
      filter: ["all", ["has", "name"], ["any", classIs("river"), [">=", ["zoom"], 13]]],
      layout: {
        "symbol-placement": "line", "symbol-spacing": 500, "text-field": ["get", "name"], "text-font": FONTS,
        "text-size": byZoom([[11, 11], [16, 14]]), "text-letter-spacing": 0.06, "text-padding": 12,
      },
      paint: { "text-color": colour.waterText, ...halo },
    },
    {
      id: "names-water", type: "symbol", source: SOURCE, "source-layer": "water_names",
      layout: { "text-field": ["get", "name"], "text-font": FONTS, "text-size": 11, "text-max-width": 7, "text-padding": 8 },
      paint: { "text-color": colour.waterText, ...halo },
    },
    // Later layers claim their place first: great streets before wards, wards before small streets.
    alongStreet("names-alleys", 15.5, ["alley"], [[15, 10.5], [18, 13]]),
    alongStreet("names-minor", 14, ["street"], [[14, 10.5], [18, 14]]),
    ofPlaces("names-quarters", [13, 16], ["quarter", "neighbourhood", "hamlet", "islet"], [[12, 10.5], [16, 13]], false),
    alongStreet("names-middle", 13, ["tertiary", "secondary"], [[13, 11], [18, 15]]),
    alongStreet("names-major", 12, ["primary", "trunk", "motorway"], [[12, 11], [18, 16]]),
    ofPlaces("names-suburbs", [9.5, 15.5], ["borough", "suburb", "village", "island"], [[10, 11], [14, 14]], true),
    ofPlaces("names-towns", [8, 14], ["town", "city"], [[8, 13], [13, 17]], true),
  ];
}
