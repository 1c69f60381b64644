"""The ways of units to places, asked once a profile and remembered for one advice."""

from collections.abc import Sequence

from dispatch.policies.fleet import UnitNow
from dispatch.policies.whereabouts import Prospect
from domain.ports import Roads
from domain.values import Position, Travel


class WaysThere:
    """To one scene and, where somebody asks, to others. One question a profile, not one a unit."""

    def __init__(self, scene: Position, roads: Roads) -> None:
        self._scene, self._roads = scene, roads

    def of_prospects(self, wave: Sequence[Prospect]) -> list[Travel | None]:
        return self._ask([(each.unit.kind, each.place) for each in wave], self._scene)

    def of_units(
        self, units: Sequence[UnitNow], place: Position, from_home: bool = False
    ) -> list[Travel | None]:
        """From where they stand; None for a unit that nobody has seen.

        from_home : such a unit is taken to have left its station
        """
        starts = [unit.position or (unit.station if from_home else None) for unit in units]
        seen = [(unit.kind, start) for unit, start in zip(units, starts, strict=True) if start is not None]
        ways = iter(self._ask(seen, place))
        return [next(ways) if start is not None else None for start in starts]

    def _ask(self, starts: Sequence[tuple[str, Position]], end: Position) -> list[Travel | None]:
        members: dict[str, list[int]] = {}
        for i, (kind, _) in enumerate(starts):
            members.setdefault(kind, []).append(i)
        ways: list[Travel | None] = [None] * len(starts)
        for profile, chosen in members.items():
            found = self._roads.to_scene([starts[i][1] for i in chosen], end, profile)
            for i, way in zip(chosen, found, strict=True):
                ways[i] = way
        return ways
