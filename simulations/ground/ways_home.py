"""The ways on which free vehicles drive to a base, as the spots they report from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from domain.ports import TravelTimes
from domain.values import Position, Route
from routing.arrays import Float64s, Int64s
from routing.paths import DrivenLine
from routing.times import RoadTimes
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
    reckoned: Callable[[float], None] = lambda share: None,
) -> WaysHome:
    """From each of the starts to each of the bases, both spots; a vehicle drives at an even pace.

    profiles : of each kind, without blue light
    reckoned : told how much is done, of 1
    """
    shape = len(profiles), len(starts), len(bases)
    found = WaysHome(np.full(shape, np.inf), np.zeros(shape), np.zeros(shape, np.int64))
    for kind, profile in enumerate(profiles):
        # Of the positions now: ways themselves make new spots.
        places, ends = ([spots.positions[each] for each in some] for some in (starts, bases))
        for row, lines in enumerate(_lines(roads, places, ends, profile)):
            for column, line in enumerate(lines):
                if line is None:
                    continue
                seconds = round(line.duration_s, 1)
                found.seconds[kind, row, column] = seconds
                found.metres[kind, row, column] = line.distance_m
                found.first[kind, row, column] = len(found.passes)
                found.passes += _passed(line, seconds, starts[row], spots, step_s)
            reckoned((kind * len(starts) + row + 1) / (len(profiles) * len(starts)))
    return found


def _lines(
    roads: TravelTimes, starts: Sequence[Position], ends: Sequence[Position], profile: str
) -> Iterator[list[DrivenLine | None]]:
    """Of the live engine in one go; another network is asked for each way by itself."""
    if isinstance(roads, RoadTimes):
        yield from roads.lines(starts, ends, profile)
        return
    for start in starts:
        routes = (roads.route(start, end, profile) for end in ends)
        yield [None if route is None else _line(route) for route in routes]


def _line(route: Route) -> DrivenLine:
    lat, lon = np.array(route.geometry).T
    return DrivenLine(route.duration_s, route.distance_m, lat, lon)


def _passed(line: DrivenLine, seconds: float, start: int, spots: Spots, step_s: float) -> list[int]:
    """The spot at the begin of each stretch, the start first."""
    steps = int(seconds / step_s)
    if steps == 0:
        return [start]
    lat, lon = line.lat, line.lon
    lengths = METRES_A_DEGREE * np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[:-1])))
    so_far = np.concatenate(([0.0], np.cumsum(lengths)))
    there = so_far[-1] * np.minimum(1.0, np.arange(1, steps + 1) * step_s / seconds)
    return [start, *spots.along(np.interp(there, so_far, lat), np.interp(there, so_far, lon))]


def points(positions: Sequence[Position], spots: Spots) -> list[int]:
    """A spot of its own for each."""
    return [spots.own(position) for position in positions]
