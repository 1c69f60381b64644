"""Places that move and are asked about all day: the units, or the hospitals seen from the scene.

Each keeps its label, renewed as it moves, so that a question costs no search. New traffic is labelled aside
and put in place whole, with its epoch: nobody is ever told the time of one epoch and the way of another.
"""

from collections.abc import Sequence
from math import isfinite
from threading import Lock
from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s, Masks
from routing.hierarchy.costs import NEVER, unpacked
from routing.hierarchy.epochs import Epoch
from routing.hierarchy.nearest import every_row, label_rows, move_row, nearest_rows
from routing.hierarchy.spots import in_space
from routing.road_map import RoadMap
from routing.snapping import Places

Side = tuple[bool, Float64s, Int64s, Int32s, Int32s, Int32s, Int64s]
Labels = tuple[Int32s, Int64s]


class Nearest(NamedTuple):
    """Rows, milliseconds and millimetres, and the epoch they are true in."""

    epoch: Epoch
    row: Int32s
    ms: Int32s
    mm: Int64s


class Units:
    """Up to `capacity` places by row; a row that was never placed, or was taken away, has no way to anywhere.

    leaving : ways lead from the rows (units), or to them (hospitals)
    Any thread may ask and move; each does so alone, for some microseconds.
    """

    def __init__(self, road_map: RoadMap, epoch: Epoch, capacity: int, *, leaving: bool = True) -> None:
        self._streets, self._hierarchy = road_map.streets, road_map.hierarchy
        self._leaving = leaving
        self._epoch = epoch
        self._own_side, self._other_side = self._sides(epoch)
        south, west, north, east = road_map.bounds
        middle = np.array(in_space((south + north) / 2, (west + east) / 2))
        s = self._streets
        self._shapes = s.shape_first, s.shape_m, s.shape_lat, s.shape_lon, middle
        self._spot = np.full((capacity, 3), np.nan, np.float32)
        self._edge, self._along_m = np.full(capacity, -1, np.int32), np.zeros(capacity, np.float64)
        label = np.full((capacity, self._hierarchy.slots), NEVER, np.int64)
        self._labels: Labels = np.full(capacity, -1, np.int32), label
        self._spare: Labels = np.full(capacity, -1, np.int32), label.copy()
        self._rows = np.arange(capacity, dtype=np.int32)
        self._all: Masks = np.ones(capacity, np.uint8)
        self._moved: set[int] | None = None  # rows moved while others are being labelled anew
        self._lock, self._labelling = Lock(), Lock()

    @property
    def epoch(self) -> Epoch:
        """Whose weights the answers are made of."""
        return self._epoch

    def move(self, row: int, edge: int, along_m: float) -> None:
        """A row now stands on an edge, so many metres from its tail; edge -1 takes it away."""
        if not (0 <= row < len(self._edge) and -1 <= edge < self._streets.edges and isfinite(along_m)):
            raise ValueError(f"Row {row} cannot stand {along_m} m along edge {edge} of this map.")
        with self._lock:
            move_row(row, edge, along_m, *self._shapes, self._spot, *self._own_side,
                     self._edge, self._along_m, *self._labels)  # fmt: skip
            if self._moved is not None:
                self._moved.add(row)

    def place(self, rows: Sequence[int], places: Places) -> None:
        """Move several."""
        for row, edge, along_m in zip(rows, places.edge.tolist(), places.along_m.tolist(), strict=True):
            self.move(row, edge, along_m)

    def nearest(self, edge: int, along_m: float, count: int, wanted: Masks | None = None) -> Nearest:
        """The `count` nearest rows in time; fewer where fewer have a way.

        edge, along_m : the place asked about     wanted : uint8[capacity], or all
        """
        chosen = self._checked(edge, along_m, wanted)
        with self._lock:
            epoch = self._epoch
            rows, costs = nearest_rows(
                edge, along_m, count, chosen, epoch.ms_per_m, self._spot, *self._shapes, *self._other_side,
                self._edge, self._along_m, *self._labels,
            )  # fmt: skip
        return Nearest(epoch, rows, *unpacked(costs))

    def times(self, edge: int, along_m: float, wanted: Masks | None = None) -> Nearest:
        """Every row in its own order, UNREACHED and NOWHERE where there is no way or none is wanted."""
        chosen = self._checked(edge, along_m, wanted)
        with self._lock:
            epoch = self._epoch
            costs = every_row(edge, along_m, chosen, *self._other_side,
                              self._edge, self._along_m, *self._labels)  # fmt: skip
        return Nearest(epoch, self._rows, *unpacked(costs))

    def _checked(self, edge: int, along_m: float, wanted: Masks | None) -> Masks:
        """Kernels trust what they are given."""
        if not (-1 <= edge < self._streets.edges and isfinite(along_m)):
            raise ValueError(f"There is no place {along_m} m along edge {edge} of this map.")
        if wanted is None:
            return self._all
        if wanted.dtype != np.uint8 or wanted.shape != self._all.shape or not wanted.flags.c_contiguous:
            raise ValueError(f"`wanted` must be a uint8 for each of {len(self._all)} rows.")
        return wanted

    def relabel(self, epoch: Epoch) -> None:
        """Answer from `epoch` from now on. Who asks meanwhile is answered from the former one."""
        with self._labelling:
            with self._lock:
                self._moved = set()
                rows = np.flatnonzero(self._edge >= 0).astype(np.int32)
            new = self._spare
            new[0][:] = -1
            own_side, other_side = self._sides(epoch)
            label_rows(rows, self._edge, self._along_m, *own_side, *new)
            with self._lock:
                again = np.array(sorted(self._moved), np.int32)
                label_rows(again, self._edge, self._along_m, *own_side, *new)
                self._moved, self._spare, self._labels = None, self._labels, new
                self._epoch, self._own_side, self._other_side = epoch, own_side, other_side

    def _sides(self, epoch: Epoch) -> tuple[Side, Side]:
        """What kernels need to know of an epoch to label the rows, and to label the place asked about."""
        h, edge_m = self._hierarchy, self._streets.edge_m
        leave = h.leads_to, h.climb, h.up_slot, epoch.up
        arrive = h.comes_from, h.climb, h.up_slot, epoch.down
        own, other = (leave, arrive) if self._leaving else (arrive, leave)
        return (self._leaving, edge_m, epoch.cost, *own), (self._leaving, edge_m, epoch.cost, *other)
