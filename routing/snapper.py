"""One place at a time onto its street, in microseconds: for positions that come in by the thousand.

The answer is that of `routing.snapping`, which takes many places at once. It is found sooner because the
segments lie cell by cell in one array, a cache line each, those alone that the profile can use: a cell is
read from front to back.
"""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from routing.compiled import compiled
from routing.road_map import RoadMap
from routing.snapping import CORNER_M, LIMIT_M


class CellRows(NamedTuple):
    """The segments that one profile can use, cell by cell.

    frame      : float64[6]      south, west, height and width of a cell in degrees; rows and columns
    cell_first : int32[cells+1]  the segments of a cell
    row        : float64[n, 8]   latitude and longitude of either end; metres since the tail of the edge at
                                 either end; length of the edge; nothing
    key        : int32[n, 3]     edge; segment, which settles ties; open directions: 1 forwards, 2 back
    """

    frame: Float64s
    cell_first: Int32s
    row: Float64s
    key: Int32s


def cell_rows(road_map: RoadMap, profile: int, *, origins: bool = True) -> CellRows:
    """Lay out the segments for one profile; some milliseconds, 76 bytes a segment and cell it touches."""
    streets, indexes = road_map.streets, road_map.indexes
    mask = indexes.origin_mask if origins else indexes.destination_mask
    segment = indexes.cell_segment
    usable = (mask[indexes.segment_edge[segment]] >> profile & 1).astype(bool)
    cell_first = np.concatenate(([0], np.cumsum(usable)))[indexes.cell_first].astype(np.int32)
    segment = segment[usable]
    edge, point = indexes.segment_edge[segment], indexes.segment[segment]
    lat, lon, metres = streets.shape_lat, streets.shape_lon, streets.shape_m
    row = np.column_stack((
        lat[point], lon[point], lat[point + 1], lon[point + 1], metres[point], metres[point + 1],
        streets.edge_m[edge], np.zeros(len(edge)),
    ))  # fmt: skip
    ways = streets.way_kmh[:, :, profile][streets.edge_way[edge]] > 0
    key = np.column_stack((edge, segment, ways[:, 0] + 2 * ways[:, 1])).astype(np.int32)
    frame = np.concatenate((indexes.frame, indexes.grid_shape.astype(np.float64)))
    return CellRows(frame, cell_first, np.ascontiguousarray(row), np.ascontiguousarray(key))


class Snapper:
    """Puts places on the streets that one profile can use."""

    def __init__(self, road_map: RoadMap, profile: int, *, origins: bool = True) -> None:
        self.rows = cell_rows(road_map, profile, origins=origins)

    def __call__(self, lat: float, lon: float) -> tuple[int, float, float]:
        """The edge (-1 where no usable street is near), metres from its tail, and metres to the street."""
        return snap_one(lat, lon, *self.rows)


@compiled
def snap_one(
    at_lat: float, at_lon: float, frame: Float64s, cell_first: Int32s, row: Float64s, key: Int32s
) -> tuple[int, float, float]:
    """As `grid_kernels.nearest` for a single place, and then the edge and how far along it."""
    found, share, squared = nearest_segment(at_lat, at_lon, frame, cell_first, row, key)
    if found < 0:
        return -1, 0.0, np.inf
    return key[found, 0], metres_along(found, share, row), np.sqrt(squared)


@compiled
def nearest_segment(
    at_lat: float, at_lon: float, frame: Float64s, cell_first: Int32s, row: Float64s, key: Int32s
) -> tuple[int, float, float]:
    """The row of `CellRows` nearest to a place, -1 if none; the share of the segment there; square metres."""
    north, east = scale_at(at_lat)
    height, width = frame[2] * north, frame[3] * east
    up, right = (at_lat - frame[0]) * north, (at_lon - frame[1]) * east
    cell_row, cell_column = int(np.floor(up / height)), int(np.floor(right / width))
    rows, columns = int(frame[4]), int(frame[5])
    best, found, share = LIMIT_M * LIMIT_M, -1, 0.0
    ring = 0
    while True:
        for r in range(max(cell_row - ring, 0), min(cell_row + ring, rows - 1) + 1):
            step = 1 if r == cell_row - ring or r == cell_row + ring else max(1, 2 * ring)
            for c in range(cell_column - ring, cell_column + ring + 1, step):
                if c < 0 or c >= columns:
                    continue
                for k in range(cell_first[r * columns + c], cell_first[r * columns + c + 1]):
                    d, t, _, _ = gap_squared(k, at_lat, at_lon, north, east, row)
                    if d < best or (d == best and (found < 0 or key[k, 1] < key[found, 1])):
                        best, found, share = d, k, t
        border = least_border(up, right, height, width, cell_row, cell_column, ring)
        if best <= border * border:  # nothing nearer can lie outside the square searched so far
            break
        ring += 1
    return found, share, best


@compiled
def gap_squared(
    k: int, at_lat: float, at_lon: float, north: float, east: float, row: Float64s
) -> tuple[float, float, float, float]:
    """Square metres from a place to a segment, the share of the segment there, and the segment in metres."""
    ax, ay = (row[k, 1] - at_lon) * east, (row[k, 0] - at_lat) * north
    dx, dy = (row[k, 3] - row[k, 1]) * east, (row[k, 2] - row[k, 0]) * north
    length = dx * dx + dy * dy
    t = 0.0
    if length > 0.0:
        t = min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
    ex, ey = ax + t * dx, ay + t * dy
    return ex * ex + ey * ey, t, dx, dy


@compiled
def metres_along(k: int, share: float, row: Float64s) -> float:
    """Metres from the tail of the edge; a place by a corner stands on the corner (`routing.snapping`)."""
    along, whole = row[k, 4] + share * (row[k, 5] - row[k, 4]), row[k, 6]
    corner = min(CORNER_M, whole / 2)
    if along < corner:
        along = 0.0
    if whole - along < corner:
        along = whole
    return float(along)


@compiled
def least_border(
    up: float, right: float, height: float, width: float, row: int, column: int, ring: int
) -> float:
    """Metres from a place to the border of the square of cells around it."""
    return min(
        min(right - (column - ring) * width, (column + ring + 1) * width - right),
        min(up - (row - ring) * height, (row + ring + 1) * height - up),
    )


@compiled
def scale_at(lat: float) -> tuple[float, float]:
    """`geodesy.metres_per_degree` with one cosine instead of five."""
    one = np.cos(np.radians(lat))
    two = 2 * one * one - 1
    four = 2 * two * two - 1
    three = one * (2 * two - 1)
    five = 2 * four * one - three
    return (
        111132.954 - 559.822 * two + 1.175 * four,
        111412.84 * one - 93.5 * three + 0.118 * five,
    )
