/** What the layers of the base map have in common: their source, and expressions that grow with the zoom. */
import type { ExpressionSpecification } from "maplibre-gl";

export const SOURCE = "basemap";

export function byZoom(stops: [number, number][]): ExpressionSpecification {
  return ["interpolate", ["exponential", 1.4], ["zoom"], ...stops.flat()] as ExpressionSpecification;
}

export function classIs(...classes: string[]): ExpressionSpecification {
  return ["in", ["get", "class"], ["literal", classes]];
}
