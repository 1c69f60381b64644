"""Work out the ground of a city: every road time that either path will ever ask for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dispatch.policies.tenths import in_tenths
from domain.ports import TravelTimes
from domain.values import Position
from routing.arrays import Float64s
from simulations.ground.spots import Spots
from simulations.ground.ways_home import points, ways_home
from simulations.lean.columns import Ground

AT_ONCE = 256
GRID_M = 150.0
STEP_S = 15.0


Reckoned = Callable[[float], None]
"""Told how much of the ground is done, of 1."""


def not_told(share: float) -> None:
    """For whoever shows no progress."""


class StillRoads(Protocol):
    """What is asked of roads that a ground is made of: the live engine's, or a network's that came with a
    city."""

    def still(self) -> TravelTimes: ...


@dataclass(frozen=True, slots=True, eq=False)
class CityGround:
    """columns  : for the lean path
    positions : of the spots
    kinds     : "van", "motorbike": the order of the columns' first axis
    """

    columns: Ground
    positions: tuple[Position, ...]
    kinds: tuple[str, ...]
    map_version: str
    traffic_version: str

    def spots(self) -> dict[Position, int]:
        """By where they are; of two at one point the first."""
        return {place: spot for spot, place in reversed(list(enumerate(self.positions)))}


def build_ground(
    roads: StillRoads,
    places: Sequence[Position],
    hospitals: Sequence[Position],
    bases: Sequence[Position],
    kinds: Sequence[str] = ("van",),
    *,
    grid_m: float = GRID_M,
    step_s: float = STEP_S,
    hospital_profile: str = "van",
    reckoned: Reckoned = not_told,
) -> CityGround:
    """The roads stay as they are while this works; a city of 900 places, 70 bases takes a while.

    places  : where calls come from
    grid_m  : vehicles that pass within one square of this side are counted at one spot
    step_s  : how often a vehicle on its way home reports where it is
    hospital_profile : of the drive with a patient
    """
    still = roads.still()
    spots = Spots(grid_m, bases[0])
    place_spot, hospital_spot = points(places, spots), points(hospitals, spots)
    base_spot = points(bases, spots)
    starts = [*place_spot, *hospital_spot, *base_spot]
    profiles = [f"{kind}_normal" for kind in kinds]
    half = part_of(reckoned, 0, 2)
    home = ways_home(still, starts, base_spot, profiles, spots, step_s, half)
    others = part_of(reckoned, 1, 2)
    to_scene = [
        table(still, spots.positions, places, kind, part_of(others, number, len(kinds)))
        for number, kind in enumerate(kinds)
    ]
    to_hospital_s, to_hospital_m = table(still, places, hospitals, hospital_profile)
    leaves = np.full(len(spots.positions), -1, np.int32)
    leaves[starts] = np.arange(len(starts))
    columns = Ground(
        to_scene_s=np.stack([seconds for seconds, _ in to_scene]),
        to_scene_m=np.stack([metres for _, metres in to_scene]),
        to_hospital_s=to_hospital_s,
        to_hospital_m=to_hospital_m,
        place_spot=np.array(place_spot, np.int32),
        hospital_spot=np.array(hospital_spot, np.int32),
        base_spot=np.array(base_spot, np.int32),
        leaves=leaves,
        home_s=home.seconds,
        home_m=home.metres,
        home_first=home.first,
        passes=np.array(home.passes or [0], np.int32),
        step_s=step_s,
        cell=np.full(len(spots.positions), -1, np.int32),
    )
    return CityGround(columns, tuple(spots.positions), tuple(kinds), still.map_version, still.traffic_version)


def part_of(reckoned: Reckoned, number: int, of: int) -> Reckoned:
    """For one of several parts that take about as long as each other."""
    return lambda share: reckoned((number + share) / of)


def table(
    roads: TravelTimes,
    origins: Sequence[Position],
    destinations: Sequence[Position],
    profile: str,
    reckoned: Reckoned = not_told,
) -> tuple[Float64s, Float64s]:
    """Seconds to a tenth and metres, float64[origins, destinations]; inf and 0 where there is no way."""
    seconds = np.full((len(origins), len(destinations)), np.inf)
    metres = np.zeros_like(seconds)
    for begin in range(0, len(origins), AT_ONCE):
        some = origins[begin : begin + AT_ONCE]
        for i, row in enumerate(roads.table(some, destinations, profile)):
            for j, way in enumerate(row):
                if way is not None:
                    seconds[begin + i, j], metres[begin + i, j] = way.duration_s, way.distance_m
        reckoned((begin + len(some)) / len(origins))
    return in_tenths(seconds), metres
