"""The port `Roads` on the ground of a city: answers worked out before, for the desk of a simulation."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from operator import is_
from typing import Any

import numpy as np

from dispatch.policies.tenths import in_tenths
from domain.areas import Direction, Reached
from domain.ports import Roads, Traffic
from domain.values import Position, Route, Travel
from routing.arrays import Float64s
from simulations.ground.build import CityGround

OFF = -1
"""What is no spot of the ground."""


class GroundRoads:
    """Between spots it answers from the tables, which the live engine filled; whatever else is asked, the
    live engine answers itself.

    behind : the engine, on the same map and traffic
    pace   : what a drive takes now, as a multiple of its time on the ground
    """

    def __init__(self, ground: CityGround, behind: Roads, pace: Callable[[], float] = lambda: 1.0) -> None:
        self.ground, self.behind, self.pace = ground, behind, pace
        self.map_version, self.traffic_version = ground.map_version, ground.traffic_version
        columns = ground.columns
        self._spot = ground.spots()
        self._place = self._numbered(columns.place_spot.tolist())
        self._hospital = self._numbered(columns.hospital_spot.tolist())
        self._asked: tuple[tuple[Position, ...], list[int]] = (), []
        """The hospitals of the last question: most ask for the same ones."""

    def _numbered(self, spots: Sequence[int]) -> dict[Position, int]:
        return {self.ground.positions[spot]: number for number, spot in enumerate(spots)}

    def still(self) -> "GroundRoads":
        return self

    def covers(self, position: Position) -> bool:
        return position in self._spot or self.behind.covers(position)

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        place = self._place.get(scene)
        spots = [self._spot.get(origin, OFF) for origin in origins]
        if place is None or profile not in self.ground.kinds or OFF in spots:
            return self.behind.to_scene(origins, scene, profile)
        kind, columns = self.ground.kinds.index(profile), self.ground.columns
        seconds = columns.to_scene_s[kind, spots, place]
        return _travels(seconds, columns.to_scene_m[kind, spots, place], self.pace())

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        place = self._place.get(scene)
        hospitals = self._hospitals(destinations)
        if place is None or profile != "van" or OFF in hospitals:
            return self.behind.from_scene(scene, destinations, profile)
        columns = self.ground.columns
        seconds = columns.to_hospital_s[place, hospitals]
        return _travels(seconds, columns.to_hospital_m[place, hospitals], self.pace())

    def _hospitals(self, destinations: Sequence[Position]) -> list[int]:
        asked, numbers = self._asked
        if len(asked) != len(destinations) or not all(map(is_, asked, destinations)):
            numbers = [self._hospital.get(each, OFF) for each in destinations]
            self._asked = tuple(destinations), numbers
        return numbers

    def way_on(self, scene: Position, hospital: Position, pace: float) -> Travel | None:
        """From a place to a hospital of the ground, at the pace of another hour. Raises KeyError."""
        place, number, columns = self._place[scene], self._hospital[hospital], self.ground.columns
        seconds = float(columns.to_hospital_s[place, number])
        if seconds == float("inf"):
            return None
        if pace != 1.0:
            seconds = round(seconds * pace, 1)
        return Travel(seconds, float(columns.to_hospital_m[place, number]))

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        return self.behind.table(origins, destinations, profile, traffic)

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        return self.behind.route(origin, destination, profile)

    def reach(
        self,
        places: Sequence[Position],
        limits_s: Sequence[float],
        profile: str,
        *,
        direction: Direction = "from",
        traffic: Traffic = "live",
        shapes: bool = False,
    ) -> Reached:
        return self.behind.reach(
            places, limits_s, profile, direction=direction, traffic=traffic, shapes=shapes
        )


def _travels(seconds: Float64s, metres: Float64s, pace: float) -> list[Travel | None]:
    if pace != 1.0:
        seconds = in_tenths(seconds * pace)
    figures = zip(seconds.tolist(), metres.tolist(), *_PLAIN, strict=False)
    found: list[Travel | None] = list(map(_travel, figures))
    for nowhere in np.flatnonzero(seconds == np.inf).tolist():
        found[nowhere] = None
    return found


_travel: Callable[[Iterable[Any]], Travel] = partial(tuple.__new__, Travel)
"""What `Travel._make` does, without asking whether there are six."""
_PLAIN = [repeat(said) for said in Travel(0.0, 0.0)[2:]]
"""By road, from end to end."""
