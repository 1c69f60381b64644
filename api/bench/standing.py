"""A fleet that stands still, and roads whose answers are known: what is left of an advice is the choosing."""

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch.policies.destination import HospitalNow
from dispatch.policies.fleet import UnitNow
from domain.values import Position, Travel
from routing.times import RoadTimes


@dataclass(frozen=True, slots=True)
class Standing:
    """Satisfies `dispatch.advise.LivePicture`."""

    units: Sequence[UnitNow]
    hospitals: Sequence[HospitalNow] = ()

    def units_now(self) -> Sequence[UnitNow]:
        return self.units

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return self.hospitals


class KnownWays(RoadTimes):
    """Answers what was asked before, whatever is asked; the rest is that of the roads it stands for."""

    def __init__(self, roads: RoadTimes, ways: Sequence[Travel | None]) -> None:
        self.__dict__.update(roads.__dict__)
        self._ways = list(ways)

    def still(self) -> "KnownWays":
        return self

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return self._ways
