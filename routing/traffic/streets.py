"""From a stretch that somebody drew to the streets it means.

point : every street that comes within width_m of it.
line  : every street that runs along it within width_m, and not what crosses it or goes on where it ends or
        bends. A piece of street runs along the line where it lies beside a piece of the line and is not more
        than ANGLE_DEG askew to it. A street is meant if such pieces make up half of the street, or of the
        line where that is shorter. So a line over a bridge means the bridge, whatever passes below. A line
        of less than a metre is a point.
area  : every street with a part inside it, however small.

A street is meant whole, from crossing to crossing. What lies above and what below cannot be told apart: an
area means both. Stretches are judged by `domain.stretch_rules` before they are facts; here any has an answer,
if an empty one, for yesterday's facts must be understood under tomorrow's rules.
"""

from dataclasses import dataclass
from math import cos, isfinite, radians, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.traffic import Stretch
from routing.geodesy import metres_per_degree, segment_metres
from routing.road_map import Float64s, Int32s, RoadMap
from routing.traffic.kernels import in_box, metres_along, near_point, pieces_of, within_ring

ANGLE_DEG: Final = 30.0
PIECE_M: Final = 2.0
LEAST_LINE_M: Final = 1.0  # what is shorter is a point
LEAST_PIECES: Final = 4  # of a line
MOST_PIECES: Final = 10_000  # of a straight piece of street, 20 km
WIDEST_M: Final = 1e7  # wider is as wide as the world
AGAINST_DEG: Final = 60.0  # a street further askew to the direction driven was not the one that was driven
NOTHING: Final = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Touched:
    """The streets that a stretch means, for people to check.

    names : in order of the alphabet, without streets that have none
    lines : one (lat, lon) line a street
    """

    streets: int
    metres: float
    names: tuple[str, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...]


def edges_of(road_map: RoadMap, stretch: Stretch) -> Int32s:
    """The streets a stretch means: edge ids in rising order."""
    edges, _ = _segments_of(road_map, stretch)
    return np.unique(edges)


def arcs_of(road_map: RoadMap, stretch: Stretch, heading_deg: float | None = None) -> Int32s:
    """The arcs a stretch means, in rising order: both ways of its streets, or the way that was driven."""
    edges, segments = _segments_of(road_map, stretch)
    if heading_deg is None:
        streets = np.unique(edges)
        return np.column_stack((2 * streets, 2 * streets + 1)).ravel().astype(np.int32)
    north, east, metres = _directions(road_map, segments)
    onward = north * cos(radians(heading_deg)) + east * sin(radians(heading_deg))
    found, place = np.unique(edges, return_inverse=True)
    ahead = np.bincount(place, onward, len(found))
    across = np.bincount(place, metres, len(found)) * cos(radians(AGAINST_DEG))
    forwards, back = found[ahead > across], found[-ahead > across]
    return np.sort(np.concatenate((2 * forwards, 2 * back + 1))).astype(np.int32)


def touched(road_map: RoadMap, stretch: Stretch) -> Touched:
    """What a stretch means, in words and lines."""
    streets, edges = road_map.streets, edges_of(road_map, stretch)
    names = {road_map.names[name] for name in streets.way_name[streets.edge_way[edges]].tolist()}
    lines = []
    for edge in edges.tolist():
        points = slice(streets.shape_first[edge], streets.shape_first[edge + 1])
        lats, lons = streets.shape_lat[points].tolist(), streets.shape_lon[points].tolist()
        lines.append(tuple(zip(lats, lons, strict=True)))
    metres = float(streets.edge_m[edges].sum())
    return Touched(len(edges), metres, tuple(sorted(names - {""})), tuple(lines))


def _segments_of(road_map: RoadMap, stretch: Stretch) -> tuple[Int32s, Int32s]:
    """The segments that make the stretch mean their streets: edge and first point of each, int32[found]."""
    if not stretch.points or not all(_on_earth(*point) for point in stretch.points):
        return NOTHING, NOTHING
    lat, lon = (np.array(numbers, np.float64) for numbers in zip(*stretch.points, strict=True))
    if stretch.kind == "area":
        return _within(road_map, lat, lon)
    width_m = min(float(stretch.width_m), WIDEST_M)
    if not (isfinite(stretch.width_m) and width_m >= 0) or (stretch.kind == "line" and len(lat) < 2):
        return NOTHING, NOTHING
    if stretch.kind == "point":
        return _near(road_map, float(lat[0]), float(lon[0]), width_m)
    return _along(road_map, lat, lon, width_m)


def _near(road_map: RoadMap, lat: float, lon: float, width_m: float) -> tuple[Int32s, Int32s]:
    up, right = _scale(lat)
    edges, first = _candidates(road_map, np.array([lat]), np.array([lon]), width_m)
    s = road_map.streets
    near = near_point(lat, lon, up, right, width_m, s.shape_lat, s.shape_lon, first).view(np.bool_)
    return edges[near], first[near]


def _along(road_map: RoadMap, lat: Float64s, lon: Float64s, width_m: float) -> tuple[Int32s, Int32s]:
    up, right = _scale(float((lat.min() + lat.max()) / 2))
    line_m = float(segment_metres(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())
    if line_m <= 0:
        return NOTHING, NOTHING
    if line_m < LEAST_LINE_M:
        middle_lat, middle_lon = (lat.min() + lat.max()) / 2, (lon.min() + lon.max()) / 2
        return _near(road_map, float(middle_lat), float(middle_lon), width_m)
    edges, first = _candidates(road_map, lat, lon, width_m)
    s = road_map.streets
    piece_m = min(PIECE_M, line_m / LEAST_PIECES)
    pieces = pieces_of(up, right, piece_m, MOST_PIECES, s.shape_lat, s.shape_lon, first)
    metres = metres_along(
        lat, lon, up, right, width_m, cos(radians(ANGLE_DEG)), pieces, s.shape_lat, s.shape_lon, first
    )
    by_edge = np.bincount(edges, metres, minlength=1)[edges]
    meant = (metres > 0) & (by_edge >= np.minimum(s.edge_m[edges], line_m) / 2)
    return edges[meant], first[meant]


def _within(road_map: RoadMap, lat: Float64s, lon: Float64s) -> tuple[Int32s, Int32s]:
    ring_lat, ring_lon = np.append(lat, lat[0]), np.append(lon, lon[0])
    edges, first = _candidates(road_map, lat, lon, 0.0)
    s = road_map.streets
    inside = within_ring(ring_lat, ring_lon, s.shape_lat, s.shape_lon, first).view(np.bool_)
    return edges[inside], first[inside]


def _candidates(road_map: RoadMap, lat: Float64s, lon: Float64s, margin_m: float) -> tuple[Int32s, Int32s]:
    """Edge and first point of every segment that may lie within a margin of some places."""
    up, right = _scale(float(np.clip(np.abs(lat).max(), 0, 89)))
    north, east = margin_m / up, margin_m / right
    box = np.array([lat.min() - north, lon.min() - east, lat.max() + north, lon.max() + east])
    streets, indexes = road_map.streets, road_map.indexes
    rows, columns = (int(size) for size in indexes.grid_shape)
    found = in_box(
        box, streets.shape_lat, streets.shape_lon, indexes.segment, indexes.frame, rows, columns,
        indexes.cell_first, indexes.cell_segment,
    )  # fmt: skip
    return indexes.segment_edge[found], indexes.segment[found]


def _directions(road_map: RoadMap, first: Int32s) -> tuple[Float64s, Float64s, Float64s]:
    """Metres to the north, to the east and in all from the first to the second point of each segment."""
    lat, lon = road_map.streets.shape_lat, road_map.streets.shape_lon
    up, right = metres_per_degree(lat[first])
    north: NDArray[np.float64] = (lat[first + 1] - lat[first]) * up
    east: NDArray[np.float64] = (lon[first + 1] - lon[first]) * right
    return north, east, np.hypot(north, east)


def _on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180  # false of what is no number


def _scale(lat: float) -> tuple[float, float]:
    """Metres in a degree to the north and to the east."""
    up, right = metres_per_degree(np.array([lat]))
    return float(up[0]), float(right[0])
