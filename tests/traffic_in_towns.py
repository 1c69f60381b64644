"""Stretches, closures and measured speeds on drawn towns, in few words."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.traffic import Closure, Slowing, SpeedReport, Stretch, Traffic
from domain.values import Position
from routing.road_map import RoadMap
from tests.towns import Town

NOW = datetime(2026, 11, 21, 23, 37, tzinfo=UTC)  # a Saturday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def point(drawn: Town, corner: str, width_m: float = 15.0, **shift: float) -> Stretch:
    return Stretch("point", (pair(drawn.at(corner, **shift)),), width_m)


def line(drawn: Town, corners: str, width_m: float = 15.0) -> Stretch:
    return Stretch("line", tuple(pair(drawn.at(corner)) for corner in corners), width_m)


def middle(drawn: Town, street: str, width_m: float = 15.0) -> Stretch:
    """A point half way along a street."""
    return Stretch("point", (pair(drawn.between(*street)),), width_m)


def box(drawn: Town, corner: str, west_m: float, south_m: float, east_m: float, north_m: float) -> Stretch:
    """An area from so many metres west and south of a corner to so many east and north."""
    sides = ((-west_m, -south_m), (east_m, -south_m), (east_m, north_m), (-west_m, north_m))
    return Stretch("area", tuple(pair(drawn.at(corner, x, y)) for x, y in sides))


def closed(stretch: Stretch, *profiles: str, until: datetime | None = None) -> Closure:
    return Closure(an_id(stretch, profiles, until), stretch, "flood", profiles, until)


def slowed(stretch: Stretch, share: float, until: datetime | None = None) -> Slowing:
    return Slowing(an_id(stretch, share, until), stretch, share, "jam", until)


def measured(
    stretch: Stretch, kmh: float, ago: timedelta = timedelta(), heading: float | None = None
) -> SpeedReport:
    return SpeedReport(stretch, kmh, NOW - ago, heading)


def traffic(version: int, *things: Closure | Slowing | SpeedReport) -> Traffic:
    by_kind: dict[type, list[Any]] = {Closure: [], Slowing: [], SpeedReport: []}
    for thing in things:
        by_kind[type(thing)].append(thing)
    return Traffic(version, *(tuple(of_a_kind) for of_a_kind in by_kind.values()))


def streets_named(drawn: Town, road_map: RoadMap, edges: list[int]) -> list[str]:
    """The corners at the two ends of each edge, in order of the alphabet."""
    corners = dict(enumerate(drawn.corners, start=1))
    ends = road_map.streets.node_osm
    tail, head = road_map.streets.tail, road_map.streets.head
    return sorted(
        "".join(sorted(corners[int(ends[node])] for node in (tail[edge], head[edge]))) for edge in edges
    )


def pair(position: Position) -> tuple[float, float]:
    return position.lat, position.lon


def an_id(*what: object) -> UUID:
    return uuid5(NAMESPACE_URL, repr(what))
