/** The style of the base map in both themes. There is no `glyphs` address: the browser's own fonts draw the text. */
import type { StyleSpecification } from "maplibre-gl";

import { SOURCE } from "./expressions";
import { ground } from "./groundLayers";
import { labels } from "./labelLayers";
import { PALETTES, type Theme } from "./palettes";
import { streets } from "./streetLayers";

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

/** Land and nothing on it, where a city has no base map yet. */
export function bare(theme: Theme): StyleSpecification {
  return { version: 8, sources: {}, layers: [{ id: "land", type: "background", paint: { "background-color": PALETTES[theme].land } }] };
}
