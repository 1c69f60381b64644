import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from "maplibre-gl";

/**
 * The base map is a quiet ground: greys only, so that every colour on the screen is a unit, an
 * incident or something wrong. There is no `glyphs` address: the browser's own fonts draw the text.
 */
export type Theme = "dark" | "light";

type Palette = {
  land: string; park: string; built: string; water: string; waterLine: string;
  alley: string; street: string; tertiary: string; secondary: string; primary: string; trunk: string;
  casing: string; rail: string; boundary: string;
  streetText: string; placeText: string; minorPlaceText: string; waterText: string; halo: string;
};

const PALETTES: Record<Theme, Palette> = {
  dark: {
    land: "#13171b", park: "#182020", built: "#171c21", water: "#1f2d38", waterLine: "#1f2d38",
    alley: "#2c343c", street: "#313941", tertiary: "#3b444d", secondary: "#444e58", primary: "#4f5a65", trunk: "#5b6773",
    casing: "#0e1114", rail: "#353d45", boundary: "#3d4750",
    streetText: "#b3bdc7", placeText: "#d2dae2", minorPlaceText: "#929eaa", waterText: "#86a0b5", halo: "#13171b",
  },
  light: {
    land: "#eceef0", park: "#e1e8e2", built: "#e5e7ea", water: "#d0dae2", waterLine: "#d0dae2",
    alley: "#fbfbfc", street: "#ffffff", tertiary: "#ffffff", secondary: "#ffffff", primary: "#ffffff", trunk: "#ffffff",
    casing: "#c6ccd2", rail: "#c3c8cd", boundary: "#b3bac1",
    streetText: "#4a535c", placeText: "#2c343b", minorPlaceText: "#5b656f", waterText: "#3f5a71", halo: "#f7f8f9",
  },
};

const SOURCE = "basemap";
const FONTS = ["Noto Sans", "Segoe UI", "Roboto", "Helvetica Neue", "Arial"];
const STRONG_FONTS = ["Noto Sans Medium", ...FONTS];

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

function byZoom(stops: [number, number][]): ExpressionSpecification {
  return ["interpolate", ["exponential", 1.4], ["zoom"], ...stops.flat()] as ExpressionSpecification;
}

function width([z10, z13, z15, z18]: StreetDrawing["widths"], extra: number): ExpressionSpecification {
  const narrowed = (pixels: number): ExpressionSpecification => ["+", ["case", ["has", "link"], pixels * 0.6, pixels], extra];
  return [
    "interpolate", ["exponential", 1.4], ["zoom"],
    10, narrowed(z10), 13, narrowed(z13), 15, narrowed(z15), 18, narrowed(z18),
  ] as ExpressionSpecification;
}

function classIs(...classes: string[]): ExpressionSpecification {
  return ["in", ["get", "class"], ["literal", classes]];
}

/** Ground first, then water, then lines that are not streets. */
function ground(colour: Palette): LayerSpecification[] {
  const fill = (id: string, layer: string, filter: FilterSpecification | undefined, paint: string): LayerSpecification => ({
    id, type: "fill", source: SOURCE, "source-layer": layer, ...(filter ? { filter } : {}), paint: { "fill-color": paint },
  });
  return [
    { id: "land", type: "background", paint: { "background-color": colour.land } },
    fill("built", "landuse", classIs("industrial", "military", "airport", "cemetery"), colour.built),
    fill("park", "landuse", classIs("park", "wood"), colour.park),
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

function streets(colour: Palette): LayerSpecification[] {
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
  ];
}

function labels(colour: Palette): LayerSpecification[] {
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

/**
 * The whole style over `basemapUrl`, the address of a `basemap.pmtiles`.
 * The caller has registered the `pmtiles` protocol with MapLibre.
 */
export function style(theme: Theme, basemapUrl: string): StyleSpecification {
  const colour = PALETTES[theme];
  return {
    version: 8,
    sources: {
      [SOURCE]: {
        type: "vector",
        url: `pmtiles://${basemapUrl}`,
        attribution: "© OpenStreetMap contributors, ODbL 1.0",
      },
    },
    layers: [...ground(colour), ...streets(colour), ...labels(colour)],
  };
}
