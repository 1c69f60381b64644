"""The ways on which free vehicles drive to a base, as the spots they report from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import cos, hypot, radians

import numpy as np

from domain.ports import TravelTimes
from domain.values import Position, Route
from routing.arrays import Float64s, Int64s
from simulations.ground.spots import METRES_A_DEGREE, Spots


@dataclass(slots=True)
class WaysHome:
    """seconds, metres : float64[kinds, rows, bases], inf where there is no way
    first  : int64[kinds, rows, bases], where a way's spots begin
    passes : all ways' spots, one for each stretch of time
    """

    seconds: Float64s
    metres: Float64s
    first: Int64s
    passes: list[int] = field(default_factory=list)


def ways_home(
    roads: TravelTimes,
    starts: Sequence[int],
    bases: Sequence[int],
    profiles: Sequence[str],
    spots: Spots,
    step_s: float,
) -> WaysHome:
    """From each of the starts to each of the bases, both spots; a vehicle drives at an even pace.

    profiles : of each kind, without blue light
    """
    shape = len(profiles), len(starts), len(bases)
    found = WaysHome(np.full(shape, np.inf), np.zeros(shape), np.zeros(shape, np.int64))
    for kind, profile in enumerate(profiles):
        for row, start in enumerate(starts):
            for column, base in enumerate(bases):
                route = roads.route(spots.positions[start], spots.positions[base], profile)
                if route is None:
                    continue
                seconds = round(route.duration_s, 1)
                found.seconds[kind, row, column] = seconds
                found.metres[kind, row, column] = route.distance_m
                found.first[kind, row, column] = len(found.passes)
                found.passes += _passed(route, seconds, start, spots, step_s)
    return found


def _passed(route: Route, seconds: float, start: int, spots: Spots, step_s: float) -> list[int]:
    """The spot at the begin of each stretch, the start first."""
    steps = int(seconds / step_s)
    if steps == 0:
        return [start]
    line = np.array(route.geometry)
    lengths = [_metres(*one, *other) for one, other in pairwise(route.geometry)]
    so_far = np.array([0.0, *accumulate(lengths)])
    there = so_far[-1] * np.minimum(1.0, np.arange(1, steps + 1) * step_s / seconds)
    lat, lon = (np.interp(there, so_far, line[:, axis]).tolist() for axis in (0, 1))
    return [start, *map(spots.passing, lat, lon)]


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    return METRES_A_DEGREE * hypot(other_lat - lat, (other_lon - lon) * cos(radians(lat)))


def points(positions: Sequence[Position], spots: Spots) -> list[int]:
    """A spot of its own for each."""
    return [spots.own(position) for position in positions]
