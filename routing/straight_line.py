"""Times without a map: the straight line, lengthened, at an average speed. A guess, and labelled as one."""

from collections.abc import Sequence
from typing import Final

from geopy.distance import geodesic

from domain.areas import Direction, Reached
from domain.ports import Traffic
from domain.values import Position, Route, Step, Travel
from routing.areas.discs import discs
from routing.profiles import PROFILES, profile_index

# How much longer the road is than the line. Published figures for cities lie between 1.2 and 1.6 (Ballou,
# Rahardja and Sakai, Transportation Research A, 2002); rivers make Ho Chi Minh City one of the larger.
DETOUR: Final = 1.4
# Door-to-door averages in a city, km/h, by profile (assumption).
AVERAGE_KMH: Final = (30.0, 30.0, 25.0, 25.0)


class StraightLineTimes:
    """The port `TravelTimes` where no road engine answers. Every place can be reached."""

    def __init__(self, map_version: str = "none") -> None:
        self.map_version = map_version
        self.traffic_version = "none"

    def still(self) -> "StraightLineTimes":
        return self

    def covers(self, position: Position) -> bool:
        return True

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return [_travel(origin, scene, profile) for origin in origins]

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        return [_travel(scene, destination, profile) for destination in destinations]

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        asked = _as_driven(profile, traffic)
        return [[_travel(origin, destination, asked) for destination in destinations] for origin in origins]

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        way = _travel(origin, destination, profile)
        line = [(origin.lat, origin.lon), (destination.lat, destination.lon)]
        steps = [Step("", way.distance_m, way.duration_s)]
        return Route(way.duration_s, way.distance_m, line, steps, method="straight_line")

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
        """Discs; a straight line is as long there as back."""
        kmh = AVERAGE_KMH[profile_index(_as_driven(profile, traffic))]
        return discs(places, limits_s, kmh / 3.6 / DETOUR, shapes=shapes)


def _as_driven(profile: str, traffic: Traffic) -> str:
    """Free flow is an empty street and normal driving."""
    return profile if traffic == "live" else f"{profile.removesuffix('_normal')}_normal"


def _travel(origin: Position, destination: Position, profile: str) -> Travel:
    speed = AVERAGE_KMH[profile_index(profile)]
    assert len(AVERAGE_KMH) == len(PROFILES)
    line_m: float = geodesic((origin.lat, origin.lon), (destination.lat, destination.lon)).meters
    metres = line_m * DETOUR
    return Travel(metres / speed * 3.6, metres, "straight_line")
