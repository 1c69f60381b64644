"""What a town holds beside its streets: ground, and people. Worked out once a map and profile.

Ground belongs to the nearest street that the profile can use, while that is within WALK_M; so does the
demand of alleys that it cannot enter, to where it would stop for them (as dispatch does: `routing.snapping`).
There is no census in a street map. Until a city brings one, the length of the streets people live on
stands for the demand that may be expected: the answer says so.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s
from routing.geodesy import metres_per_degree
from routing.grid_kernels import nearest
from routing.road_map import RoadMap
from routing.snapping import LIMIT_M
from routing.speeds import CLASSES

CELL_M: Final = 50.0
"""Errs by a tenth over a single street; over a city, cells of 25 m gave the same within 0.1 %."""
WALK_M: Final = 75.0
"""Ground further than this from a street is nobody's: a field, a river, an airfield."""
STEP_M: Final = 40.0
MOST_POINTS: Final = 500_000
LIVED_ON: Final = ("residential", "living_street", "alley", "pedestrian")
METRES, DEMAND, GROUND = range(3)


@dataclass(frozen=True, slots=True)
class Ground:
    """weights : float64[edges, 3]  metres of street, demand, square metres of ground; 0 where the profile
                                    cannot use the edge
    demand  : the demand of the whole map, also where nobody comes
    """

    weights: Float64s
    demand: float


def ground(road_map: RoadMap, profile: int, *, outward: bool = True) -> Ground:
    """Worked out in some tenths of a second for a city: keep it."""
    mask = road_map.indexes.destination_mask if outward else road_map.indexes.origin_mask
    usable = (mask >> profile & 1).astype(bool)
    edge_m = road_map.streets.edge_m
    weights = np.zeros((len(edge_m), 3))
    weights[usable, METRES] = edge_m[usable]
    weights[:, GROUND] = _ground(road_map, mask, profile)
    weights[:, DEMAND], demand = _demand(road_map, mask, profile, usable)
    return Ground(weights, demand)


def points_along(
    road_map: RoadMap, edges: NDArray[np.bool_], step_m: float
) -> tuple[Float64s, Float64s, Int32s, Float64s]:
    """Places on the streets among `edges` (bool[edges]), at most step_m apart, shape points included: lat,
    lon, edge, and metres from its tail."""
    streets, indexes = road_map.streets, road_map.indexes
    wanted = edges[indexes.segment_edge]
    point, edge = indexes.segment[wanted], indexes.segment_edge[wanted]
    length = streets.shape_m[point + 1] - streets.shape_m[point]
    count = np.maximum(1, np.ceil(length / step_m)).astype(np.int64) + 1
    first = np.repeat(np.cumsum(count) - count, count)
    share = (np.arange(count.sum()) - first) / np.repeat(count - 1, count)
    begin = np.repeat(point, count)
    lat = streets.shape_lat[begin] * (1 - share) + streets.shape_lat[begin + 1] * share
    lon = streets.shape_lon[begin] * (1 - share) + streets.shape_lon[begin + 1] * share
    along = streets.shape_m[begin] * (1 - share) + streets.shape_m[begin + 1] * share
    return lat, lon, np.repeat(edge, count), along


def _ground(road_map: RoadMap, mask: NDArray[np.uint8], profile: int) -> Float64s:
    """Square metres of each edge: the cells whose middle is nearest to it. A map may hold little street in
    much space, so cells are numbered, not laid out."""
    usable = (mask >> profile & 1).astype(bool)
    lat, lon, *_ = points_along(road_map, usable, _step(road_map, usable, CELL_M))
    if not len(lat):
        return np.zeros(road_map.streets.edges)
    north, east = metres_per_degree(np.array([lat.mean()]))
    up, right = CELL_M / float(north[0]), CELL_M / float(east[0])
    south, west = lat.min() - 3 * up, lon.min() - 3 * right
    columns = int((lon.max() - west) / right) + 4
    cells = _distinct(
        ((lat - south) / up).astype(np.int64) * columns + ((lon - west) / right).astype(np.int64)
    )
    wide = range(-int(np.ceil(WALK_M / CELL_M)), int(np.ceil(WALK_M / CELL_M)) + 1)
    for apart in (1, columns):
        cells = _distinct(np.concatenate([cells + by * apart for by in wide]))
    row, column = np.divmod(cells, columns)
    middle_lat, middle_lon = south + (row + 0.5) * up, west + (column + 0.5) * right
    edge = nearest_edge(road_map, middle_lat, middle_lon, mask, profile, WALK_M)
    north, east = metres_per_degree(middle_lat)
    square = up * north * right * east
    metres: Float64s = np.bincount(edge[edge >= 0], square[edge >= 0], road_map.streets.edges)  # type: ignore[assignment]
    return metres


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted, each once. numpy's own way (2.4) took four seconds for five million numbers."""
    numbers = np.sort(numbers)
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]


def _step(road_map: RoadMap, among: NDArray[np.bool_], step_m: float) -> float:
    """As fine as wanted, unless that would be too many points: a map may hold a street around the world."""
    return max(step_m, float(road_map.streets.edge_m[among].sum()) / MOST_POINTS)


def _demand(
    road_map: RoadMap, mask: NDArray[np.uint8], profile: int, usable: NDArray[np.bool_]
) -> tuple[Float64s, float]:
    """The demand of each edge and of the whole map, in metres of street that people live on."""
    streets = road_map.streets
    kind = streets.way_class[streets.edge_way]
    lived_on = np.isin(kind, [CLASSES.index(name) for name in LIVED_ON])
    if not lived_on.any():
        lived_on[:] = True
    by_edge = np.where(lived_on & usable, streets.edge_m, 0.0)
    elsewhere = lived_on & ~usable & (streets.edge_m > 0)
    if elsewhere.any():
        lat, lon, edge, _ = points_along(road_map, elsewhere, _step(road_map, elsewhere, STEP_M))
        points = np.bincount(edge, minlength=streets.edges)
        stop = nearest_edge(road_map, lat, lon, mask, profile, LIMIT_M)
        there = stop >= 0
        weight = streets.edge_m[edge] / points[edge]
        by_edge = by_edge + np.bincount(stop[there], weight[there], streets.edges)
    return by_edge, float(streets.edge_m[lived_on].sum())


def nearest_edge(
    road_map: RoadMap, lat: Float64s, lon: Float64s, mask: NDArray[np.uint8], profile: int, limit_m: float
) -> Int32s:
    """The nearest edge that the profile can use, -1 where none is within limit_m; int32[places]."""
    streets, indexes = road_map.streets, road_map.indexes
    scale = np.ascontiguousarray(np.column_stack(metres_per_degree(lat)))
    rows, columns = (int(size) for size in indexes.grid_shape)
    found, _, _ = nearest(
        lat, lon, scale, limit_m, streets.shape_lat, streets.shape_lon, indexes.segment, indexes.segment_edge,
        mask, 1 << profile, indexes.frame, rows, columns, indexes.cell_first, indexes.cell_segment,
    )  # fmt: skip
    edge: Int32s = np.where(found >= 0, indexes.segment_edge[np.maximum(found, 0)], -1).astype(np.int32)
    return edge
