"""The port `Roads` on the ground of a city: answers worked out before, for the desk of a simulation."""

from collections.abc import Sequence

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
    """

    def __init__(self, ground: CityGround, behind: Roads) -> None:
        self.ground, self.behind = ground, behind
        self.map_version, self.traffic_version = ground.map_version, ground.traffic_version
        columns = ground.columns
        self._spot = ground.spots()
        self._place = self._numbered(columns.place_spot.tolist())
        self._hospital = self._numbered(columns.hospital_spot.tolist())

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
        return _travels(columns.to_scene_s[kind, spots, place], columns.to_scene_m[kind, spots, place])

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        place = self._place.get(scene)
        hospitals = [self._hospital.get(each, OFF) for each in destinations]
        if place is None or profile != "van" or OFF in hospitals:
            return self.behind.from_scene(scene, destinations, profile)
        columns = self.ground.columns
        return _travels(columns.to_hospital_s[place, hospitals], columns.to_hospital_m[place, hospitals])

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


def _travels(seconds: Float64s, metres: Float64s) -> list[Travel | None]:
    found: list[Travel | None] = []
    for each_s, each_m in zip(seconds.tolist(), metres.tolist(), strict=True):
        found.append(None if each_s == float("inf") else Travel(each_s, each_m))
    return found
