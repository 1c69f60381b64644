"""Which way a turn goes, by the shape of the two streets."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s
from routing.geodesy import metres_per_degree
from routing.road_map import Streets

STRAIGHT_DEG: Final = 40.0  # a bend of less is going straight on
U_TURN_DEG: Final = 165.0


def bearings(streets: Streets) -> tuple[Float64s, Float64s]:
    """The direction in which every arc begins and that in which it ends, in degrees from north, clockwise.

    float64[street arcs] each; nan for an edge without length.
    """
    lat, lon = streets.shape_lat, streets.shape_lon
    first, last = streets.shape_first[:-1].astype(np.int64), streets.shape_first[1:].astype(np.int64) - 1
    second, before = _next_place(streets, first, 1), _next_place(streets, last, -1)
    north, east = metres_per_degree(lat)

    def bearing(a: NDArray[np.int64], b: NDArray[np.int64]) -> Float64s:
        up, right = (lat[b] - lat[a]) * north[a], (lon[b] - lon[a]) * east[a]
        found: Float64s = np.where((up == 0) & (right == 0), np.nan, np.degrees(np.arctan2(right, up)))
        return found

    ahead = np.column_stack((bearing(first, second), bearing(last, before))).ravel()
    end = np.column_stack((bearing(before, last), bearing(second, first))).ravel()
    return ahead, end


def arc_bearings(streets: Streets, arc: int) -> tuple[float, float]:
    """The same of a single arc."""
    points = slice(int(streets.shape_first[arc >> 1]), int(streets.shape_first[(arc >> 1) + 1]))
    lat, lon = streets.shape_lat[points], streets.shape_lon[points]
    if arc & 1:
        lat, lon = lat[::-1], lon[::-1]
    moves = np.flatnonzero((np.diff(lat) != 0) | (np.diff(lon) != 0))
    if not len(moves):
        return float("nan"), float("nan")
    at = moves[[0, -1]]
    north, east = metres_per_degree(lat[at])
    up, right = (lat[at + 1] - lat[at]) * north, (lon[at + 1] - lon[at]) * east
    begin, end = np.degrees(np.arctan2(right, up)).tolist()
    return begin, end


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


def _next_place(streets: Streets, at: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """The next point of each shape that lies elsewhere than point `at`: a file may give a place twice."""
    lat, lon = streets.shape_lat, streets.shape_lon
    limit = streets.shape_first[1:] - 1 if step > 0 else streets.shape_first[:-1]
    here, there = at, at + step
    while True:
        same = (lat[there] == lat[here]) & (lon[there] == lon[here]) & (there != limit)
        if not same.any():
            return there
        there = there + step * same
