/** A map file small enough to be written down, for the pages that read one. */

/**
 * Eight by eight streets of a hundred metres, with two hospitals, as OpenStreetMap writes them. "bigger" : with a street
 * and a hospital 17 km away.
 */
export function drawnTown(size?: "bigger"): string {
  const side = 8, id = (row: number, column: number) => row * side + column + 1;
  const each = [...Array(side).keys()];
  const nodes = each.flatMap((row) => each.map((column) =>
    `<node id="${id(row, column)}" version="1" lat="${(10.75 - row * 0.0009).toFixed(6)}" lon="${(106.65 + column * 0.0009).toFixed(6)}"/>`));
  const way = (number: number, name: string, refs: number[]) =>
    `<way id="${number}" version="1">${refs.map((ref) => `<nd ref="${ref}"/>`).join("")}<tag k="highway" v="residential"/><tag k="name" v="${name}"/></way>`;
  const ways = [ // in the order of their numbers, as such files are
    ...each.map((line) => way(1000 + line, `Đường số ${line + 1}`, each.map((column) => id(line, column)))),
    ...each.map((line) => way(2000 + line, `Phố ${line + 1}`, each.map((row) => id(row, line)))),
    ...(size ? [way(3000, "Đường Xa", [9101, 9102])] : []),
  ];
  const hospital = (number: number, lat: number, lon: number, name: string) =>
    `<node id="${number}" version="1" lat="${lat}" lon="${lon}"><tag k="amenity" v="hospital"/><tag k="name" v="${name}"/></node>`;
  const far = size ? hospital(9003, 10.9, 106.7, "Bệnh viện Xa") +
    [9101, 9102].map((number) => `<node id="${number}" version="1" lat="10.9" lon="${(106.7 + (number - 9101) * 0.001).toFixed(3)}"/>`).join("") : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">${nodes.join("")}${
    hospital(9001, 10.7491, 106.6509, "Bệnh viện Đa khoa Thử")}${hospital(9002, 10.7455, 106.6545, "Bệnh viện Nhi Thử")}${far}${ways.join("")}</osm>`;
}
