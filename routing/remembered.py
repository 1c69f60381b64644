"""Places that are asked about again and again: hospitals, stations, units that stand, scenes that wait.

Where a place was asked about under the weights that still hold, neither is its street looked for again nor
its way up the hierarchy climbed. The answers are those of the engine, to the millimetre.
"""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary, ref

import numpy as np

from domain.values import OnStreet, Position
from routing.arrays import Float64s, Int32s, Int64s
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.kept import KeptLabels
from routing.metric import Metric
from routing.open_streets import OpenStreets
from routing.road_map import RoadMap
from routing.snapping import Places

CAPACITY: Final = 2_048
"""Places a side and metric. A city of 500 moving units fills it in some seconds, begins anew, and is none
the worse for it; with 230 slots a side that is full takes 4 MB."""

Spot = tuple[float, ...]
"""What a place is known by: units at one and the same point may be on two streets."""


class Fan(NamedTuple):
    """Milliseconds int32 and millimetres int64 between one place and each of several; and, as in
    `Places.closed_m` and `Places.gap_m`, the metres of the one and float64 metres of the others."""

    ms: Int32s
    mm: Int64s
    here_closed_m: float
    closed_m: Float64s
    here_gap_m: float
    gap_m: Float64s


class _Side:
    """The places one leaves, or arrives at, under one metric: which row is whose."""

    def __init__(self, streets: OpenStreets, metric: Metric, labels: KeptLabels, capacity: int) -> None:
        self.labels, self.row_of = labels, dict[Spot, int]()
        self.positions: list[Position] = []
        self.closed_m, self.gap_m = np.zeros(capacity, np.float64), np.zeros(capacity, np.float64)
        self._put_on = streets.origins if labels.leaving else streets.destinations
        # weakly: a metric whose own sides held it would never be let go
        self._metric = ref(metric)
        self._capacity = capacity

    def rows(self, positions: Sequence[Position]) -> Int32s:
        """A row for each; what is not known yet is snapped and labelled now. Never more than fit."""
        spots = [_spot(position) for position in positions]
        rows = [self.row_of.get(spot, -1) for spot in spots]
        if -1 in rows:
            self._learn(dict(zip(spots, positions, strict=True)))
            rows = [self.row_of[spot] for spot in spots]
        return np.array(rows, np.int32)

    def _learn(self, spots: Mapping[Spot, Position]) -> None:
        new = [spot for spot in spots if spot not in self.row_of]
        if len(self.row_of) + len(new) > self._capacity:
            self.row_of.clear()
            self.positions.clear()
            new = list(spots)
        self.put(new, [spots[spot] for spot in new])

    def put(self, new: Sequence[Spot], positions: Sequence[Position], places: Places | None = None) -> None:
        """Label these; `places`, where it is known already on which streets they are."""
        if places is None:
            metric = self._metric()
            assert metric is not None, "who asks holds the metric"
            places = self._put_on(metric, positions)
        first = len(self.row_of)
        self.closed_m[first : first + len(new)] = 0.0 if places.closed_m is None else places.closed_m
        self.gap_m[first : first + len(new)] = places.gap_m
        self.positions += positions
        self.labels.write(np.arange(first, first + len(new), dtype=np.int32), places)
        self.row_of.update(zip(new, range(first, first + len(new)), strict=True))


class Remembered:
    """Handed on from one traffic to the next: what was known before is labelled anew ahead of the questions.

    Any thread may ask; each does so alone, for some tens of microseconds.
    """

    def __init__(self, road_map: RoadMap, engine: HierarchyEngine, capacity: int = CAPACITY) -> None:
        self._road_map, self._engine, self._capacity = road_map, engine, capacity
        self.streets = OpenStreets(road_map)
        self._sides: WeakKeyDictionary[Metric, tuple[_Side, _Side]] = WeakKeyDictionary()
        self._lock = Lock()

    def prepare(self, metric: Metric) -> None:
        """Label under a new metric what is known under another of the same profile; nobody waits for it."""
        with self._lock:
            if metric in self._sides:
                return
            known = [each for each in self._sides.items() if each[0].profile == metric.profile]
            before, fullest = max(known, key=lambda each: _how_many(each[1]), default=(metric, ()))
            copies = [_copied(side) for side in fullest]
        sides, same = self._blank(metric), self.streets.same(before, metric)
        for side, (spots, positions, places) in zip(sides, copies, strict=False):
            side.put(spots, positions, places if same else None)
        with self._lock:
            self._sides.setdefault(metric, sides)

    def fan(self, metric: Metric, here: Position, others: Sequence[Position], *, outward: bool) -> Fan | None:
        """What lies between one place and each of the others; `outward` if the ways lead
        from the one. None where there are too many of them to remember."""
        if len(others) > self._capacity:
            return None
        with self._lock:
            sides = self._sides.get(metric)
            if sides is None:
                sides = self._sides[metric] = self._blank(metric)
            one, several = sides if outward else sides[::-1]
            row = int(one.rows([here])[0])
            rows = several.rows(others)
            ms, mm = one.labels.fan(row, several.labels, rows)
            closed, gap = several.closed_m[rows], several.gap_m[rows]
            return Fan(ms, mm, float(one.closed_m[row]), closed, float(one.gap_m[row]), gap)

    def _blank(self, metric: Metric) -> tuple[_Side, _Side]:
        """The side one leaves, and the side one arrives at."""
        return self._side(metric, leaving=True), self._side(metric, leaving=False)

    def _side(self, metric: Metric, *, leaving: bool) -> _Side:
        labels = KeptLabels(
            self._engine.hierarchy,
            self._road_map.streets.edge_m,
            self._engine.epoch_of(metric),
            self._capacity,
            leaving=leaving,
        )
        return _Side(self.streets, metric, labels, self._capacity)


def _spot(position: Position) -> Spot:
    if isinstance(position, OnStreet):
        return position.lat, position.lon, position.edge, position.along_m, position.direction
    return position.lat, position.lon


def _copied(side: _Side) -> tuple[list[Spot], list[Position], Places]:
    """Every place of a side in the order of its rows, with its street."""
    count, labels = len(side.row_of), side.labels
    edge, along_m = labels.edge[:count].copy(), labels.along_m[:count].copy()
    direction, closed_m = labels.direction[:count].copy(), side.closed_m[:count].copy()
    places = Places(edge, along_m, side.gap_m[:count].copy(), direction, closed_m)
    return list(side.row_of), list(side.positions), places


def _how_many(sides: tuple[_Side, _Side]) -> int:
    return sum(len(side.row_of) for side in sides)
