"""Which way a turn goes, by the shape of the two streets."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int64s
from routing.geodesy import metres_per_degree
from routing.road_map import Streets

STRAIGHT_DEG: Final = 40.0  # a bend of less is going straight on
U_TURN_DEG: Final = 165.0


def bearings(streets: Streets) -> tuple[Float64s, Float64s]:
    """The direction in which every arc begins and that in which it ends, in degrees from north, clockwise.

    float64[street arcs] each; nan for an edge without length.
    """
    begin, end = _bearings(streets, np.arange(streets.edges))
    return begin.ravel(), end.ravel()


def bearings_of(streets: Streets, arcs: Int64s) -> tuple[list[float], list[float]]:
    """The same of some arcs."""
    begin, end = _bearings(streets, arcs >> 1)
    row = np.arange(len(arcs))
    return begin[row, arcs & 1].tolist(), end[row, arcs & 1].tolist()


def _bearings(streets: Streets, edges: Int64s) -> tuple[Float64s, Float64s]:
    """Of the arcs of these edges, forwards and back: float64[edges, 2] each."""
    lat, lon = streets.shape_lat, streets.shape_lon
    first = streets.shape_first[edges].astype(np.int64)
    last = streets.shape_first[edges + 1].astype(np.int64) - 1
    second, before = _next_place(streets, first, 1, last), _next_place(streets, last, -1, first)

    def bearing(a: NDArray[np.int64], b: NDArray[np.int64]) -> Float64s:
        north, east = metres_per_degree(lat[a])
        up, right = (lat[b] - lat[a]) * north, (lon[b] - lon[a]) * east
        found: Float64s = np.where((up == 0) & (right == 0), np.nan, np.degrees(np.arctan2(right, up)))
        return found

    ahead = np.column_stack((bearing(first, second), bearing(last, before)))
    return ahead, np.column_stack((bearing(before, last), bearing(second, first)))


def turn_name(end_bearing: float, begin_bearing: float) -> str:
    """What a driver calls the turn: left, right, straight or uturn."""
    degrees = (begin_bearing - end_bearing + 180.0) % 360.0 - 180.0
    if abs(degrees) >= U_TURN_DEG:
        return "uturn"
    if abs(degrees) >= STRAIGHT_DEG:
        return "right" if degrees > 0 else "left"
    return "straight"


def turn_deg(end_bearing: Float64s, begin_bearing: Float64s) -> Float64s:
    """How far one turns, -180 to 180 degrees, to the right positive; nan where a street has no direction."""
    found: Float64s = (begin_bearing - end_bearing + 180.0) % 360.0 - 180.0
    return found


def _next_place(streets: Streets, at: Int64s, step: int, limit: Int64s) -> Int64s:
    """The next point of each shape, up to its limit, that lies elsewhere than point `at`: a file may give a
    place twice."""
    lat, lon = streets.shape_lat, streets.shape_lon
    here, there = at, at + step
    while True:
        same = (lat[there] == lat[here]) & (lon[there] == lon[here]) & (there != limit)
        if not same.any():
            return there
        there = there + step * same
