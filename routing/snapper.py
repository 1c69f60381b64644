"""One place at a time onto its street, in microseconds: for positions that come in by the thousand.

The answer is that of `routing.snapping`, which takes many places at once.
"""

import numpy as np

from routing.arrays import Float64s, Int32s, Masks
from routing.compiled import compiled
from routing.geodesy import metres_per_degree
from routing.grid_kernels import nearest
from routing.road_map import RoadMap
from routing.snapping import CORNER_M, LIMIT_M

_metres_per_degree = compiled(metres_per_degree)


class Snapper:
    """Puts places on the streets that one profile can use."""

    def __init__(self, road_map: RoadMap, profile: int, *, origins: bool = True) -> None:
        streets, indexes = road_map.streets, road_map.indexes
        mask = indexes.origin_mask if origins else indexes.destination_mask
        rows, columns = (int(size) for size in indexes.grid_shape)
        self._streets = (
            streets.shape_lat, streets.shape_lon, streets.shape_m, streets.edge_m, indexes.segment,
            indexes.segment_edge, mask, 1 << profile, indexes.frame, rows, columns, indexes.cell_first,
            indexes.cell_segment,
        )  # fmt: skip

    def __call__(self, lat: float, lon: float) -> tuple[int, float, float]:
        """The edge (-1 where no usable street is near), metres from its tail, and metres to the street."""
        return snap_one(lat, lon, *self._streets)


@compiled
def snap_one(
    at_lat: float,
    at_lon: float,
    lat: Float64s,
    lon: Float64s,
    shape_m: Float64s,
    edge_m: Float64s,
    segment: Int32s,
    segment_edge: Int32s,
    edge_mask: Masks,
    bit: int,
    frame: Float64s,
    rows: int,
    columns: int,
    cell_first: Int32s,
    cell_segment: Int32s,
) -> tuple[int, float, float]:
    """As `grid_kernels.nearest` for a single place, and then the edge and how far along it."""
    places_lat, places_lon = np.array([at_lat]), np.array([at_lon])
    north, east = _metres_per_degree(places_lat)
    scale = np.empty((1, 2), np.float64)
    scale[0, 0], scale[0, 1] = north[0], east[0]
    found, share, gap = nearest(places_lat, places_lon, scale, LIMIT_M, lat, lon, segment, segment_edge,
                                edge_mask, bit, frame, rows, columns, cell_first, cell_segment)  # fmt: skip
    if found[0] < 0:
        return -1, 0.0, gap[0]
    edge, point = segment_edge[found[0]], segment[found[0]]
    along = shape_m[point] + share[0] * (shape_m[point + 1] - shape_m[point])
    corner = min(CORNER_M, edge_m[edge] / 2)
    if along < corner:
        along = 0.0
    if edge_m[edge] - along < corner:
        along = edge_m[edge]
    return edge, along, gap[0]
