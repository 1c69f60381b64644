"""Roads for lives that are made up by the thousand: straight lines, reckoned in a microsecond."""

from collections.abc import Sequence
from math import cos, hypot, radians

from domain.values import Position, Travel
from routing.straight_line import StraightLineTimes

METRES_PER_DEGREE = 111_195.0
DETOUR, METRES_PER_S = 1.4, 30 / 3.6


class AsTheCrowFlies(StraightLineTimes):
    def still(self) -> "AsTheCrowFlies":
        return self

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return [_travel(origin, scene) for origin in origins]

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        return [_travel(scene, destination) for destination in destinations]


def _travel(origin: Position, destination: Position) -> Travel:
    north = destination.lat - origin.lat
    east = (destination.lon - origin.lon) * cos(radians(origin.lat))
    metres = DETOUR * METRES_PER_DEGREE * hypot(north, east)
    return Travel(round(metres / METRES_PER_S, 1), round(metres, 1), "straight_line")
