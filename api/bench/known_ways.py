"""Roads whose answers are known: what is left of an advice is the choosing."""

from collections.abc import Sequence

from domain.values import Position, Travel
from routing.times import RoadTimes


class KnownWays(RoadTimes):
    """Answers what was asked before, whatever is asked; the rest is that of the roads it stands for."""

    def __init__(self, roads: RoadTimes, ways: Sequence[Travel | None]) -> None:
        self.__dict__.update(roads.__dict__)
        self._ways = list(ways)

    def still(self) -> "KnownWays":
        return self

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return self._ways
