/** The base map: MapLibre over one PMTiles file of our own server. Only this folder knows MapLibre. */
import "maplibre-gl/dist/maplibre-gl.css";

import { addProtocol, Map as Ground, ScaleControl, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { Protocol } from "pmtiles";

import { store } from "../live";
import type { City } from "../wire/answers";
import type { Theme } from "./palettes";
import { giveRoom } from "./hospitalRoom";
import { bare, style } from "./style";

let ready = false;

function prepare(): void {
  if (ready) return;
  ready = true;
  setWorkerUrl(worker);
  addProtocol("pmtiles", new Protocol().tile);
}

export function dressed(city: City, theme: Theme): StyleSpecification {
  return city.map.basemap_url ? style(theme, new URL(city.map.basemap_url, location.href).href, store.all("hospitals")) : bare(theme);
}

/** On a page that is scrolled the wheel and one finger are the page's; what to do instead, in words. */
export type Shared = { wheel: string; touch: string };

/** Throws where there is no WebGL; the boards then work without a map. */
export function openGround(container: HTMLElement, city: City, theme: Theme, shared?: Shared): Ground {
  prepare();
  const [west, south, east, north] = city.map.bounds;
  const ground = new Ground({
    container,
    style: dressed(city, theme),
    // A drawn town fits on the screen; of a city's extract only the middle is worth looking at first.
    ...(city.map.kind === "drawn"
      ? { bounds: [west, south, east, north] as [number, number, number, number], fitBoundsOptions: { padding: 12 } }
      : { center: [city.centre.lon, city.centre.lat] as [number, number], zoom: 12 }),
    maxZoom: 18.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    ...(shared && {
      cooperativeGestures: true,
      locale: {
        "CooperativeGesturesHandler.WindowsHelpText": shared.wheel, "CooperativeGesturesHandler.MacHelpText": shared.wheel, "CooperativeGesturesHandler.MobileHelpText": shared.touch,
      },
    }),
  });
  giveRoom(ground);
  ground.touchZoomRotate.disableRotation();
  ground.keyboard.disableRotation();
  ground.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
  return ground;
}

export type { Ground };
