"""The ground of a fork: road times between the cells of the map, which the live desk keeps for its coverage.

A cell is the streets reached soonest from its place, some hundreds of them of equal demand. Nothing is asked
of the roads here: the tables are there when somebody asks for a look ahead. What this leaves out: inside its
own cell a unit is counted half as far away as the nearest other cell is, and a unit on its way home is on the
straight line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dispatch.policies.coverage import seconds_of
from domain.coverage import NO_WAY_S, CellTimes
from domain.values import Position
from routing.arrays import Float64s, Int32s, Int64s
from simulations.lean.columns import Ground

Number = TypeVar("Number", np.float64, np.int64)
KINDS = "van", "motorbike"
OUT_OF_SIGHT = len(KINDS)
"""Added to the number of its kind for a free unit whose position is lost: it drives as any other and counts
for no coverage, as at the live desk."""
STEP_S = 60.0
SLOWER_AT_HOME = 1.2
"""What a drive without blue light takes, as a multiple: 36 km/h where blue light drives 43.2."""
SLOWEST_S = 4 * 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class CellGround:
    """columns : for the lean path; places, hospitals, bases and spots are all cells
    times   : of the cells, by kind of unit
    """

    columns: Ground
    times: Mapping[str, CellTimes]
    places: Sequence[Position]
    version: str
    _tree: cKDTree
    _narrower: float

    def cells_of(self, positions: Sequence[Position]) -> Int32s:
        """The cell whose place is nearest as the crow flies."""
        return _nearest(self._tree, self._narrower, [(each.lat, each.lon) for each in positions])


def cell_ground(
    times: Mapping[str, CellTimes], hospitals: Sequence[Position], bases: Sequence[Position]
) -> CellGround:
    """times : of vans, and of motorbikes where there are any
    bases : where free units may wait, stations first
    """
    some = times["van"]
    places, cells = some.cells.places, len(some.cells.places)
    narrower = cos(radians(places[0].lat))
    tree = cKDTree(np.array([(each.lat, each.lon * narrower) for each in places]))
    to_scene = np.stack([_seconds(times.get(kind, some)) for kind in KINDS])
    hospital = _nearest(tree, narrower, [(each.lat, each.lon) for each in hospitals])
    base = _nearest(tree, narrower, [(each.lat, each.lon) for each in bases])
    home = np.round(to_scene[:, :, base] * SLOWER_AT_HOME, 1)
    home[:, base, np.arange(len(base))] = 0.0
    first, passes = _passed(tree, narrower, places, base, home)
    everywhere = np.arange(cells, dtype=np.int32)
    columns = Ground(
        to_scene_s=_twice(to_scene),
        to_scene_m=_twice(np.zeros_like(to_scene)),
        to_hospital_s=np.ascontiguousarray(to_scene[0][:, hospital]),
        to_hospital_m=np.zeros((cells, len(hospital))),
        place_spot=everywhere,
        hospital_spot=hospital,
        base_spot=base,
        leaves=everywhere,
        home_s=_twice(home),
        home_m=_twice(np.zeros_like(home)),
        home_first=_twice(first),
        passes=passes,
        step_s=STEP_S,
        cell=everywhere,
    )
    return CellGround(
        columns, times, places, f"{some.cells.map_version} {some.traffic_version}", tree, narrower
    )


def _twice(of_kinds: NDArray[Number]) -> NDArray[Number]:
    """Who is out of sight drives as fast as one of its kind in sight."""
    return np.concatenate([of_kinds, of_kinds])


def _seconds(times: CellTimes) -> Float64s:
    """float64[cells, cells]; inf where there is no way."""
    whole: NDArray[np.uint16] = seconds_of(times)
    seconds = np.where(whole == NO_WAY_S, np.inf, whole.astype(np.float64))
    apart = seconds.copy()
    np.fill_diagonal(apart, np.inf)
    nearest = apart.min(axis=1)
    np.fill_diagonal(seconds, np.where(np.isfinite(nearest), np.round(nearest / 2, 1), 0.0))
    return seconds


def _nearest(tree: cKDTree, narrower: float, positions: Sequence[tuple[float, float]]) -> Int32s:
    if len(positions) == 0:
        return np.zeros(0, np.int32)
    _, found = tree.query(np.array(positions) * (1.0, narrower))
    return np.asarray(found, np.int32)


def _passed(
    tree: cKDTree, narrower: float, places: Sequence[Position], base: Int32s, home: Float64s
) -> tuple[Int64s, Int32s]:
    """Of each way home the cells passed, one a STEP_S, the start first; all of them in one array."""
    steps = np.where(np.isfinite(home), np.minimum(home, SLOWEST_S) // STEP_S, 0).astype(np.int64) + 1
    first = np.zeros(home.shape, np.int64)
    first.ravel()[1:] = np.cumsum(steps.ravel())[:-1]
    point = np.array([(each.lat, each.lon * narrower) for each in places])
    total = int(steps.sum())
    way = np.repeat(np.arange(home.size), steps.ravel())
    number = np.arange(total) - first.ravel()[way]
    _, start, target = np.unravel_index(way, home.shape)
    seconds = home.ravel()[way]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where((seconds > 0) & np.isfinite(seconds), number * STEP_S / seconds, 0.0)[:, None]
    here, there = point[start], point[base[target]]
    passes = np.empty(total, np.int32)
    moving = number > 0
    passes[~moving] = start[~moving]
    _, found = tree.query((here + share * (there - here))[moving], workers=-1)
    passes[moving] = found
    return first, passes
