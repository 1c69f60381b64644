/** Room on the base map for the hospitals' marks, which are painted above it: names of places give way to them. */
import type { GeoJSONSource, GeoJSONSourceSpecification, LayerSpecification, Map as Ground, SourceSpecification } from "maplibre-gl";

import type { HospitalRow } from "../wire/rows";

const ROOM = "hospital-room";
/** As large as the mark of paintPlaces.ts with a little air; nothing is drawn of it, pixels. */
const WIDTH = 20;
const HEIGHT = 26;

type Places = Pick<HospitalRow, "position">[];

/** Text that changes when a hospital stands elsewhere, and with nothing else. */
export const placesKey = (hospitals: Places) => hospitals.map(({ position }) => `${position.lat},${position.lon}`).sort().join(" ");

function points(hospitals: Places): GeoJSONSourceSpecification["data"] {
  return {
    type: "FeatureCollection",
    features: hospitals.map(({ position }) => (
      { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [position.lon, position.lat] } })),
  };
}

/** Later layers claim their place first: this one belongs at the end. */
export function hospitalRoom(hospitals: Places): { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] } {
  return {
    sources: { [ROOM]: { type: "geojson", data: points(hospitals) } },
    layers: [{
      id: ROOM, type: "symbol", source: ROOM,
      layout: { "icon-image": ROOM, "icon-anchor": "bottom", "icon-allow-overlap": true, "icon-padding": 0 },
    }],
  };
}

/** The picture is asked for by each style that is put on. */
export function giveRoom(ground: Ground): void {
  ground.setMissingStyleImageResolver((id) => {
    if (id === ROOM && !ground.hasImage(ROOM)) {
      ground.addImage(ROOM, { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 4) });
    }
  });
}

/** Where the hospitals stand now; a style that is still coming brings them itself. */
export function moveRoom(ground: Ground, hospitals: Places): void {
  void ground.getSource<GeoJSONSource>(ROOM)?.setData(points(hospitals));
}
