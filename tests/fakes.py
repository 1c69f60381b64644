"""Simple stand-ins for the ports: roads that can be checked by eye, pictures that stand still, bad lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians
from uuid import UUID

from dispatch.application import DispatchLog
from dispatch.faults import OperationalError, Unanswered
from dispatch.policies.destination import HospitalNow
from dispatch.policies.send import UnitNow
from domain.base import Aggregate
from domain.ports import Traffic
from domain.receipt import Receipt
from domain.values import Position, Route, Step, Travel


@dataclass
class FakeRoads:
    """Straight streets everywhere, driven at 10 m/s. `asked` remembers each question.

    islands : places no road leads to
    holes   : places off the map
    """

    map_version: str = "drawn-1"
    traffic_version: str = "free-flow"
    islands: set[Position] = field(default_factory=set)
    holes: set[Position] = field(default_factory=set)
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def still(self) -> "FakeRoads":
        return self

    def covers(self, position: Position) -> bool:
        return position not in self.holes

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        self.asked.append(("to_scene", profile, len(origins)))
        return [self._way(origin, scene) for origin in origins]

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        self.asked.append(("from_scene", profile, len(destinations)))
        return [self._way(scene, destination) for destination in destinations]

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        return [[self._way(origin, destination) for destination in destinations] for origin in origins]

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        way = self._way(origin, destination)
        if way is None:
            return None
        line = [(origin.lat, origin.lon), (destination.lat, destination.lon)]
        return Route(way.duration_s, way.distance_m, line, [Step("Lê Lợi", way.distance_m, way.duration_s)])

    def _way(self, origin: Position, destination: Position) -> Travel | None:
        if {origin, destination} & self.islands:
            return None
        east = (origin.lon - destination.lon) * cos(radians(origin.lat))
        metres = hypot(origin.lat - destination.lat, east) * 111_195
        return Travel(metres / 10, metres)


@dataclass
class StillPicture:
    """The fleet and the hospitals as they stand; nothing moves."""

    units: Sequence[UnitNow] = ()
    hospitals: Sequence[HospitalNow] = ()

    def units_now(self) -> Sequence[UnitNow]:
        return self.units

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return self.hospitals


class CutLineLog(DispatchLog):
    """A log whose connection is lost, in a save: after the commit, or before it."""

    def __init__(self) -> None:
        super().__init__()
        self.lost_after_commit = 0
        self.lost_before_commit = 0

    def record(self, *aggregates: Aggregate) -> int:
        if self.lost_before_commit > 0:
            self.lost_before_commit -= 1
            raise OperationalError("connection refused")
        place = super().record(*aggregates)
        if self.lost_after_commit > 0:
            self.lost_after_commit -= 1
            raise OperationalError("connection lost")
        return place


class DeafLog(DispatchLog):
    """A log whose server leaves in the middle of a save: it stands, nobody hears so, and nothing can be read.

    back_after : how many more readings fail; None: all of them
    """

    def __init__(self, stores: bool = True, back_after: int | None = None) -> None:
        super().__init__()
        self.gone = False
        self._stores, self.back_after = stores, back_after

    def record(self, *aggregates: Aggregate) -> int:
        if self._stores:
            super().record(*aggregates)
        self.gone = True
        raise Unanswered("the line was cut")

    def receipt(self, command_id: UUID) -> Receipt | None:
        if self.gone and self.back_after != 0:
            self.back_after = None if self.back_after is None else self.back_after - 1
            raise OperationalError("the server does not answer")
        return super().receipt(command_id)


class HurriedLog(DispatchLog):
    """A log in which somebody else is always quicker: `meanwhile` runs just before each of our saves."""

    meanwhile: Callable[[], None] | None = None

    def record(self, *aggregates: Aggregate) -> int:
        if self.meanwhile is not None:
            rival, self.meanwhile = self.meanwhile, None
            rival()
            self.meanwhile = rival
        return super().record(*aggregates)
