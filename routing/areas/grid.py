"""The port `CoverageGrid` on a road map: the cells, who stands in which, and the times between them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from domain.areas import Demand
from domain.coverage import NO_WAY_S, CellTimes, DemandCells
from domain.values import OnStreet, Position
from routing.areas.cells import NOWHERE, Cells
from routing.arrays import Int32s
from routing.kernels import UNREACHED
from routing.profiles import profile_index
from routing.snapping import snap_origins
from routing.times import RoadTimes

PROFILES: Final = ("van", "motorbike")
NEWS: Final = 0.01
"""With a hundredth more calls the weights are made anew."""
KNOWN: Final = 8_192
"""Places whose cell is remembered; a fleet that drives about fills this in a minute, and it begins anew."""


@dataclass(frozen=True, slots=True, eq=False)
class _Worked:
    """One whole piece of work: the cells, and the times between them by profile."""

    cells: DemandCells
    times: Mapping[str, CellTimes]
    roads: RoadTimes


class RoadGrid:
    """Answers from the times worked out last; `renew` works out the next beside them. Any thread may ask.

    still : the roads as they are now
    """

    def __init__(self, still: Callable[[], RoadTimes]) -> None:
        self._still = still
        self._worked: _Worked | None = None
        self._renewing = Lock()
        self._known: dict[Position, int] = {}
        self._counts: Counter[int] = Counter()
        self._calls = 0

    # --- the port -----------------------------------------------------------------------------

    @property
    def times(self) -> Mapping[str, CellTimes] | None:
        """By profile; None until they were first worked out."""
        return None if self._worked is None else self._worked.times

    @property
    def stale(self) -> bool:
        """Whether traffic has changed since."""
        worked = self._worked
        return worked is not None and worked.roads.traffic_version != self._still().traffic_version

    def cells_of(self, positions: Sequence[Position]) -> list[int]:
        """The cell each place is in, -1 for one off the map; all -1 until there are cells."""
        worked = self._worked
        if worked is None:
            return [NOWHERE] * len(positions)
        known = self._known
        found = [known.get(position) for position in positions]
        if None in found:
            new = [position for position, cell in zip(positions, found, strict=True) if cell is None]
            if len(known) + len(new) > KNOWN:
                known, new = {}, list(positions)
            self._known = known = {**known, **dict(zip(new, _looked_up(worked.roads, new), strict=True))}
            return [known[position] for position in positions]
        return [cell for cell in found if cell is not None]

    # --- news ---------------------------------------------------------------------------------

    def learn(self, calls: Sequence[Position]) -> None:
        """Count where people called from; `renew` brings it into the weights. Never before the first
        `renew`."""
        roads = self._still()
        with self._renewing:
            for cell in _looked_up(roads, calls):
                if cell != NOWHERE:
                    self._counts[cell] += 1
            self._calls += len(calls)

    def renew(self, shrink_calls: float = 1.0) -> bool:
        """Work out what has changed, if anything; whether something had.

        shrink_calls : so many calls weigh as much as the streets people live on
        """
        with self._renewing:
            roads, before = self._still(), self._worked
            weighed = None if before is None else before.cells
            if weighed is None or self._calls > (1 + NEWS) * weighed.calls:
                weighed = self._weighed(roads, shrink_calls)
            if before is not None and before.cells is weighed and before.roads is roads:
                return False
            times = {
                profile: CellTimes(weighed, profile, _seconds(roads, profile), roads.traffic_version)
                for profile in PROFILES
            }
            self._worked = _Worked(weighed, times, roads)
            return True

    def _weighed(self, roads: RoadTimes, shrink_calls: float) -> DemandCells:
        """The weights of the streets, drawn towards where people called from."""
        cells, counted = roads.cells, sum(self._counts.values())
        weights = cells.weights * shrink_calls
        for cell, count in self._counts.items():
            weights[cell] += count
        weights /= counted + shrink_calls
        demand: Demand = "calls" if counted else "streets"
        return DemandCells(roads.map_version, cells.positions(), tuple(weights.tolist()), demand, self._calls)


def _seconds(roads: RoadTimes, profile: str) -> bytes:
    ms = roads.between_cells(profile).astype(np.int64)
    seconds = np.minimum(-(-ms // 1000), NO_WAY_S - 1)
    return np.where(ms == UNREACHED, NO_WAY_S, seconds).astype(np.uint16).tobytes()


def _looked_up(roads: RoadTimes, positions: Sequence[Position]) -> list[int]:
    """By the street a place is known to be on, else by the nearest one with a cell."""
    cells, road_map = roads.cells, roads.road_map
    found = [_by_street(position, cells, road_map.version) for position in positions]
    lost = [i for i, cell in enumerate(found) if cell == NOWHERE]
    if lost:
        plain = [Position(positions[i].lat, positions[i].lon) for i in lost]
        edges: Int32s = snap_origins(road_map, plain, profile_index("van")).edge
        for i, edge in zip(lost, edges.tolist(), strict=True):
            found[i] = int(cells.edge_cell[edge]) if edge >= 0 else NOWHERE
    return found


def _by_street(position: Position, cells: Cells, map_version: str) -> int:
    if not isinstance(position, OnStreet) or position.map_version != map_version:
        return NOWHERE
    return int(cells.edge_cell[position.edge])
