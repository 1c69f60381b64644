"""Where a unit is by now: dead reckoning from its last fix, along its street and straight on.

Fixes are seconds apart, and a unit at 40 km/h drives a hundred metres in ten. It is taken to go on at the
speed of its last fix; when it was silent for longer than LONGEST_S nothing is guessed. Where streets meet it
takes the one that turns least, and where every street turns off by more than TURN it waits at the junction,
for nobody knows which. This is nearer to the truth; what is *known* stays the fix and its age.
"""

from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.compiled import compiled
from routing.matching.follow import Followed
from routing.matching.local import LocalRoads
from routing.matching.model import WALKING_MPS
from routing.road_map import RoadMap
from routing.snapper import scale_at

LONGEST_S: Final = 30.0
"""A unit that was silent for longer may be anywhere."""
TURN: Final = 0.5
"""The least cosine of a bend that is still straight on: sixty degrees."""
MOST_STREETS: Final = 64


class Reckoned(NamedTuple):
    """Where it is thought to be, and how many metres on from its last place on a street."""

    lat: float
    lon: float
    ahead_m: float


class Reckoner:
    """Reckons along the streets that one profile can use. Holds nothing between calls."""

    def __init__(self, road_map: RoadMap, roads: LocalRoads) -> None:
        streets = road_map.streets
        self._arrays = (
            *roads,
            streets.shape_first, streets.shape_lat, streets.shape_lon, streets.shape_m,
        )  # fmt: skip

    def __call__(self, last: Followed, speed_mps: float | None, elapsed_s: float) -> Reckoned:
        """elapsed_s : since the last fix. A unit that stands, is on no street, drives neither way for sure,
        does not tell its speed or was silent for longer than LONGEST_S stays where it was seen."""
        if speed_mps is None or speed_mps < WALKING_MPS or last.edge < 0 or last.direction == 0:
            return Reckoned(last.lat, last.lon, 0.0)
        if elapsed_s > LONGEST_S:
            return Reckoned(last.lat, last.lon, 0.0)
        metres = speed_mps * max(elapsed_s, 0.0)
        return Reckoned(*straight_on(last.edge, last.along_m, last.direction, metres, *self._arrays))


@compiled
def straight_on(
    edge: int,
    along_m: float,
    direction: int,
    metres: float,
    first: Int32s,
    onward: Int32s,
    ends: Int32s,
    edge_mm: Int64s,
    shape_first: Int32s,
    shape_lat: Float64s,
    shape_lon: Float64s,
    shape_m: Float64s,
) -> tuple[float, float, float]:
    """Latitude, longitude and the metres that were driven, fewer than asked for where it waits at a junction.

    first, onward, ends, edge_mm : `local.LocalRoads`     shape_... : `road_map.Streets`
    """
    left = metres
    for _ in range(MOST_STREETS):
        whole = edge_mm[edge] / 1000
        room = max(whole - along_m if direction > 0 else along_m, 0.0)
        if left <= room:
            along_m += direction * left
            left = 0.0
            break
        left -= room
        along_m = whole if direction > 0 else 0.0
        node = ends[edge, 1] if direction > 0 else ends[edge, 0]
        north, east = leaving(edge, -direction, shape_first, shape_lat, shape_lon)
        best, chosen = TURN, -1
        for i in range(first[node], first[node + 1]):
            arc = onward[i]
            if arc >> 1 == edge:
                continue
            up, right = leaving(arc >> 1, 1 if arc & 1 == 0 else -1, shape_first, shape_lat, shape_lon)
            cosine = -(north * up + east * right)  # the way back along the street it comes from, turned round
            if cosine > best:
                best, chosen = cosine, arc
        if chosen < 0:
            break
        edge = chosen >> 1
        direction = 1 if chosen & 1 == 0 else -1
        along_m = 0.0 if direction > 0 else edge_mm[edge] / 1000
    at, last = shape_first[edge] + 1, shape_first[edge + 1] - 1
    while at < last and shape_m[at] < along_m:
        at += 1
    part = min((along_m - shape_m[at - 1]) / max(shape_m[at] - shape_m[at - 1], 1e-9), 1.0)
    lat = shape_lat[at - 1] + part * (shape_lat[at] - shape_lat[at - 1])
    lon = shape_lon[at - 1] + part * (shape_lon[at] - shape_lon[at - 1])
    return lat, lon, metres - left


@compiled
def leaving(
    edge: int, direction: int, shape_first: Int32s, shape_lat: Float64s, shape_lon: Float64s
) -> tuple[float, float]:
    """How a street begins, seen from its tail (1) or from its head (-1): north and east, of length one."""
    begin, last = shape_first[edge], shape_first[edge + 1] - 1
    here = begin if direction > 0 else last
    there = here + direction
    north_m, east_m = scale_at(shape_lat[here])
    north, east = (
        (shape_lat[there] - shape_lat[here]) * north_m,
        (shape_lon[there] - shape_lon[here]) * east_m,
    )
    length = max(np.hypot(north, east), 1e-9)
    return north / length, east / length
