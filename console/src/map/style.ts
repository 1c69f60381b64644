/** The style of the base map in both themes. There is no `glyphs` address: the browser's own fonts draw the text. */
import type { StyleSpecification } from "maplibre-gl";

import { SOURCE } from "./expressions";
import { ground } from "./groundLayers";
import { hospitalRoom } from "./hospitalRoom";
import { labels } from "./labelLayers";
import { PALETTES, type Theme } from "./palettes";
import { streets } from "./streetLayers";

/**
 * The whole style over `basemapUrl`, the address of a `basemap.pmtiles`; its names stand beside the hospitals.
 * The caller has registered the `pmtiles` protocol with MapLibre.
 */
export function style(theme: Theme, basemapUrl: string, hospitals: Parameters<typeof hospitalRoom>[0]): StyleSpecification {
  const colour = PALETTES[theme];
  const room = hospitalRoom(hospitals);
  return {
    version: 8,
    sources: {
      [SOURCE]: {
        type: "vector",
        url: `pmtiles://${basemapUrl}`,
        attribution: "© OpenStreetMap contributors, ODbL 1.0",
      },
      ...room.sources,
    },
    layers: [...ground(colour), ...streets(colour), ...labels(colour), ...room.layers],
  };
}

/** Land and nothing on it, where a city has no base map yet. */
export function bare(theme: Theme): StyleSpecification {
  return { version: 8, sources: {}, layers: [{ id: "land", type: "background", paint: { "background-color": PALETTES[theme].land } }] };
}
