"""Put places on streets that are open under the traffic of a metric.

The police close the very street of the crash, a flood stands around the house: nobody drives there, yet
somebody must be sent. Such a place is put on the nearest street that is open, so a time is one to the edge of
what is closed, and says how far from the place that is (`Places.closed_m`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from domain.values import Position
from routing.arrays import Int32s, Masks
from routing.kernels import CLOSED
from routing.metric import Metric
from routing.road_map import RoadMap
from routing.snapping import Places, snap_destinations, snap_origins


@dataclass(frozen=True, slots=True)
class _Open:
    """closed : bool[edges] streets the profile drives, where traffic lets it drive neither way
    origins, destinations : uint8[edges] the masks of the map without these"""

    closed: NDArray[np.bool_]
    origins: Masks
    destinations: Masks


class OpenStreets:
    """Remembers of every metric which streets are closed. Any thread may ask."""

    def __init__(self, road_map: RoadMap) -> None:
        self._road_map = road_map
        self._known: WeakKeyDictionary[Metric, _Open | None] = WeakKeyDictionary()

    def origins(self, metric: Metric, positions: Sequence[Position]) -> Places:
        """Where units stand (`snapping.snap_origins`)."""
        road_map, profile, now = self._road_map, metric.profile, self._open(metric)
        anywhere = snap_origins(road_map, positions, profile)
        if now is None or not _any_in(now, anywhere.edge):
            return anywhere
        return _displaced(now, anywhere, snap_origins(road_map, positions, profile, now.origins))

    def destinations(self, metric: Metric, positions: Sequence[Position]) -> Places:
        """Where units go (`snapping.snap_destinations`)."""
        road_map, profile, now = self._road_map, metric.profile, self._open(metric)
        anywhere = snap_destinations(road_map, positions, profile)
        if now is None or not _any_in(now, anywhere.edge):
            return anywhere
        return _displaced(now, anywhere, snap_destinations(road_map, positions, profile, now.destinations))

    def same(self, one: Metric, other: Metric) -> bool:
        """Whether the same streets are closed under both, for one profile."""
        a, b = self._open(one), self._open(other)
        return a is b if a is None or b is None else bool(np.array_equal(a.closed, b.closed))

    def _open(self, metric: Metric) -> _Open | None:
        """None where nothing is closed."""
        if metric not in self._known:
            self._known[metric] = _opened(self._road_map, metric)
        return self._known[metric]


def _opened(road_map: RoadMap, metric: Metric) -> _Open | None:
    indexes, streets = road_map.indexes, road_map.streets
    shut = (metric.arc_ms[: 2 * streets.edges] == CLOSED).reshape(-1, 2).all(axis=1)
    driven = (indexes.origin_mask | indexes.destination_mask) >> metric.profile & 1 > 0
    closed = shut & driven
    if not closed.any():
        return None
    keep = np.where(closed, 0, 255).astype(np.uint8)
    return _Open(closed, indexes.origin_mask & keep, indexes.destination_mask & keep)


def _any_in(now: _Open, edge: Int32s) -> bool:
    return bool(now.closed[edge[edge >= 0]].any())


def _displaced(now: _Open, anywhere: Places, opened: Places) -> Places:
    """The places on open streets, with what lies between where their own street is closed."""
    inside = (anywhere.edge >= 0) & now.closed[np.maximum(anywhere.edge, 0)] & (opened.edge >= 0)
    return replace(opened, closed_m=np.where(inside, opened.gap_m, 0.0))
