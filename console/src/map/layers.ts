/** What is shown on the map besides what must be seen: chosen by each user on each workstation, and kept there. */
import { Cell } from "../store/cell";
import { session } from "../shell/session";

export const LAYERS = ["ways", "stations", "cover", "camera", "school"] as const;
export type Layer = (typeof LAYERS)[number];
export type Layers = Record<Layer, boolean>;

const FIRST: Layers = { ways: true, stations: true, cover: false, camera: false, school: false };

export const layers = new Cell<Layers>(FIRST);

const key = () => `vigil.map.layers.${session.get().me?.username ?? ""}`;

export function takeUpLayers(): void {
  try {
    const kept = JSON.parse(localStorage.getItem(key()) ?? "{}") as Partial<Layers>;
    layers.set(Object.fromEntries(LAYERS.map((layer) => [layer, typeof kept[layer] === "boolean" ? kept[layer] : FIRST[layer]])) as Layers);
  } catch {
    // A browser that forbids storage only forgets the choice.
  }
}

export function show(layer: Layer, shown: boolean): void {
  layers.change({ [layer]: shown });
  try {
    localStorage.setItem(key(), JSON.stringify(layers.get()));
  } catch {
    // As above.
  }
}
