"""The ground of a scenario: a place has one number for each state of the roads in which anybody may call from
it, so that one table of times holds them all.

Who calls while a street is under water is looked for on the roads of that hour: the units, the ways to
hospital and the ways home from there are those of the flood.
"""

from collections.abc import Sequence

import numpy as np

from domain.ports import Roads
from domain.values import Position
from routing.arrays import Float64s
from simulations.ground.build import CityGround, Reckoned, not_told, part_of, table
from simulations.ground.spots import Spots
from simulations.ground.ways_home import WaysHome, points, ways_home
from simulations.lean.columns import Ground

STEP_S = 15.0
EARTH_M = 6_371_009.0
CROW_M_S = 10.0


def ground_in_states(
    states: Sequence[Roads],
    places: Sequence[Position],
    hospitals: Sequence[Position],
    bases: Sequence[Position],
    kinds: Sequence[str],
    grid_m: float,
    reckoned: Reckoned = not_told,
) -> CityGround:
    """Place p in state s has the number s * len(places) + p; behind all states comes each place once more, as
    the crow flies at an even pace. Ways home from hospitals and bases are those of the first state."""
    still = [roads.still() for roads in states]
    spots = Spots(grid_m, bases[0])
    place_spots = [points(places, spots) for _ in still]
    hospital_spot, base_spot = points(hospitals, spots), points(bases, spots)
    profiles = [f"{kind}_normal" for kind in kinds]
    homes, starts = [], []
    for number, roads in enumerate(still):
        its = [*place_spots[number], *(hospital_spot + base_spot if number == 0 else ())]
        its_part = part_of(part_of(reckoned, 0, 2), number, len(still))
        homes.append(ways_home(roads, its, base_spot, profiles, spots, STEP_S, its_part))
        starts += its
    home = _joined(homes)
    leaves = np.full(len(spots.positions), -1, np.int32)
    leaves[starts] = np.arange(len(starts))
    others, tables = part_of(reckoned, 1, 2), len(kinds) * len(still)
    to_scene = [
        [
            table(roads, spots.positions, places, kind, part_of(others, k * len(still) + s, tables))
            for s, roads in enumerate(still)
        ]
        for k, kind in enumerate(kinds)
    ]
    for its in to_scene:
        its.append(_by_the_crow(spots.positions, places, its[0][0]))
    to_hospital = [table(roads, places, hospitals, "van") for roads in still]
    to_hospital.append(to_hospital[0])
    place_spots.append(place_spots[0])
    columns = Ground(
        to_scene_s=np.stack([_beside([each_s for each_s, _ in its]) for its in to_scene]),
        to_scene_m=np.stack([_beside([each_m for _, each_m in its]) for its in to_scene]),
        to_hospital_s=np.concatenate([each_s for each_s, _ in to_hospital]),
        to_hospital_m=np.concatenate([each_m for _, each_m in to_hospital]),
        place_spot=np.array([spot for its in place_spots for spot in its], np.int32),
        hospital_spot=np.array(hospital_spot, np.int32),
        base_spot=np.array(base_spot, np.int32),
        leaves=leaves,
        home_s=home.seconds,
        home_m=home.metres,
        home_first=home.first,
        passes=np.array(home.passes or [0], np.int32),
        step_s=STEP_S,
        cell=np.full(len(spots.positions), -1, np.int32),
    )
    return CityGround(
        columns, tuple(spots.positions), tuple(kinds), still[0].map_version, still[0].traffic_version
    )


def _by_the_crow(
    origins: Sequence[Position], places: Sequence[Position], by_road_s: Float64s
) -> tuple[Float64s, Float64s]:
    """Seconds at an even pace along the straight line, to a tenth, and metres. Where no road leads nobody is
    sent on paper either."""
    lat, lon = (np.radians([getattr(each, axis) for each in origins]) for axis in ("lat", "lon"))
    to_lat, to_lon = (np.radians([getattr(each, axis) for each in places]) for axis in ("lat", "lon"))
    north = lat[:, None] - to_lat[None, :]
    east = (lon[:, None] - to_lon[None, :]) * np.cos(to_lat)[None, :]
    metres = EARTH_M * np.hypot(north, east)
    return np.where(np.isfinite(by_road_s), np.round(metres / CROW_M_S, 1), np.inf), metres


def _beside(tables: Sequence[Float64s]) -> Float64s:
    return np.concatenate(tables, axis=1)


def _joined(homes: Sequence[WaysHome]) -> WaysHome:
    """One below the other."""
    passes: list[int] = []
    first = []
    for each in homes:
        first.append(each.first + len(passes))
        passes += each.passes
    return WaysHome(
        np.concatenate([each.seconds for each in homes], axis=1),
        np.concatenate([each.metres for each in homes], axis=1),
        np.concatenate(first, axis=1),
        passes,
    )
