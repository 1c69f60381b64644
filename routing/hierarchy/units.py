"""Places that move and are asked about all day: the units, or the hospitals seen from the scene.

Each keeps its label, renewed as it moves, so that a question costs no search. New traffic is labelled aside
and put in place whole, with its epoch: nobody is ever told the time of one epoch and the way of another.
"""

from collections.abc import Sequence
from math import isfinite
from threading import Lock
from typing import NamedTuple

import numpy as np

from routing.arrays import Float32s, Float64s, Int32s, Int64s, Masks, Slots
from routing.hierarchy.epochs import Epoch
from routing.hierarchy.gates import gates_of
from routing.hierarchy.nearest import every_row, nearest_rows
from routing.hierarchy.rows import fix_row, label_rows, move_row
from routing.hierarchy.seeds import turnings
from routing.hierarchy.spots import in_space
from routing.kernels import FAR
from routing.road_map import RoadMap
from routing.snapper import Snapper
from routing.snapping import Places

# what kernels take: leaving, edge_m, cost, end_rank, climb, up_head, up_slot, weight and gates of one side;
# edge, along_m, turning, rank and label of the rows (these fifteen are all that labelling takes); spot,
# shapes, middle of the map
Known = tuple[
    bool, Float64s, Int64s, Int32s, Int32s, Int32s, Slots, Int32s, Int32s, Int32s, Int32s, Float64s, Int64s,
    Int32s, Int32s, Float32s, Int32s, Float64s, Float64s, Float64s, Float64s,
]  # fmt: skip


Fixing = tuple[
    Float64s, Int32s, Float64s, Int32s, bool, Float64s, Int64s, Int32s, Int32s, Int32s, Slots, Int32s,
    Int32s, Int32s, Int32s, Float64s, Int64s, Int32s, Int32s, Float32s, Float64s,
]  # fmt: skip
"""What a fix takes: `snapper.CellRows`, and of these the first fifteen, spot and middle."""


Labels = tuple[Int64s, Int32s, Int32s]  # turning, rank and label of the rows


class Nearest(NamedTuple):
    """Rows and milliseconds, and the epoch they are true in."""

    epoch: Epoch
    row: Int32s
    ms: Int32s


class _Labelled(NamedTuple):
    """An epoch, and what kernels need to label a row or the place asked about."""

    epoch: Epoch
    own: Known
    other: Known
    labels: Labels
    fixing: Fixing | None


class Units:
    """Up to `capacity` places by row; a row that was never placed, or was taken away, has no way to anywhere.

    leaving : ways lead from the rows (units), or to them (hospitals)
    snapper : puts fixes on the streets that the profile of these weights can use; `fix` needs it
    Any thread may ask and move; each does so alone, for some microseconds.
    """

    def __init__(
        self,
        road_map: RoadMap,
        epoch: Epoch,
        capacity: int,
        *,
        leaving: bool = True,
        snapper: Snapper | None = None,
    ) -> None:
        self._snapper = snapper
        self._hierarchy, self._leaving = road_map.hierarchy, leaving
        self._edges, self._edge_m = road_map.streets.edges, road_map.streets.edge_m
        south, west, north, east = road_map.bounds
        middle = np.array(in_space((south + north) / 2, (west + east) / 2))
        s = road_map.streets
        self._spot = np.full((3, capacity), np.nan, np.float32)
        self._shapes = self._spot, s.shape_first, s.shape_m, s.shape_lat, s.shape_lon, middle
        self._edge, self._along_m = np.full(capacity, -1, np.int32), np.zeros(capacity, np.float64)
        self._direction = np.zeros(capacity, np.int8)
        self._rows, self._all = np.arange(capacity, dtype=np.int32), np.ones(capacity, np.uint8)
        self._now = self._labelled(epoch, self._blank())
        self._spare = self._blank()
        self._moved: set[int] | None = None  # rows moved while others are being labelled anew
        self._lock, self._labelling = Lock(), Lock()

    @property
    def epoch(self) -> Epoch:
        """Whose weights the answers are made of."""
        return self._now.epoch

    def move(self, row: int, edge: int, along_m: float, direction: int = 0) -> None:
        """A row now stands on an edge, so many metres from its tail; edge -1 takes it away.

        direction : 1 where it drives forwards, -1 back: to leave the other way it has to turn round; else 0
        """
        if not (
            0 <= row < len(self._edge) and -1 <= edge < self._edges and isfinite(along_m)
        ) or direction not in (-1, 0, 1):
            raise ValueError(f"Row {row} cannot stand {along_m} m along edge {edge} of this map.")
        with self._lock:
            self._direction[row] = direction
            turning = direction * self._now.epoch.u_turn if self._leaving else 0
            move_row(row, edge, float(along_m), turning, *self._now.own)
            if self._moved is not None:
                self._moved.add(row)

    def fix(self, row: int, lat: float, lon: float) -> int:
        """A row now stands on the street nearest to a fix, which it may leave either way; returns the edge,
        or -1 and takes the row away where no usable street is near."""
        if not (0 <= row < len(self._edge) and isfinite(lat) and isfinite(lon)):
            raise ValueError(f"Row {row} cannot stand at {lat}, {lon}.")
        with self._lock:
            fixing = self._now.fixing
            assert fixing is not None, "who fixes gives a snapper"
            self._direction[row] = 0
            edge = fix_row(row, float(lat), float(lon), *fixing)
            if self._moved is not None:
                self._moved.add(row)
        return edge

    def place(self, rows: Sequence[int], places: Places) -> None:
        """Move several."""
        each = places.edge.tolist(), places.along_m.tolist(), places.directions().tolist()
        for row, edge, along_m, direction in zip(rows, *each, strict=True):
            self.move(row, edge, along_m, direction)

    def nearest(self, edge: int, along_m: float, count: int, wanted: Masks | None = None) -> Nearest:
        """The `count` nearest rows in time; fewer where fewer have a way.

        edge, along_m : the place asked about     wanted : uint8[capacity], or all
        """
        chosen = self._checked(edge, along_m, wanted)
        with self._lock:
            now = self._now
            rows, ms = nearest_rows(
                edge, float(along_m), max(count, 0), chosen, now.epoch.ms_per_m, *now.other
            )
        return Nearest(now.epoch, rows, ms)

    def times(self, edge: int, along_m: float, wanted: Masks | None = None) -> Nearest:
        """Every row in its own order, UNREACHED where there is no way or none is wanted."""
        chosen = self._checked(edge, along_m, wanted)
        with self._lock:
            now = self._now
            ms = every_row(edge, float(along_m), chosen, *now.other[:15])
        return Nearest(now.epoch, self._rows, ms)

    def relabel(self, epoch: Epoch) -> None:
        """Answer from `epoch` from now on. Who asks meanwhile is answered from the former one."""
        with self._labelling:
            with self._lock:
                self._moved = set()
                rows = np.flatnonzero(self._edge >= 0).astype(np.int32)
            self._spare[1][:] = -1
            self._turn(self._spare[0], epoch, slice(None))
            new = self._labelled(epoch, self._spare)
            label_rows(rows, *new.own[:15])
            with self._lock:
                moved = np.array(sorted(self._moved), np.int32)
                self._turn(new.labels[0], epoch, moved)
                label_rows(moved, *new.own[:15])
                self._moved, self._spare, self._now = None, self._now.labels, new

    def _checked(self, edge: int, along_m: float, wanted: Masks | None) -> Masks:
        """Kernels trust what they are given."""
        if not (-1 <= edge < self._edges and isfinite(along_m)):
            raise ValueError(f"There is no place {along_m} m along edge {edge} of this map.")
        if wanted is None:
            return self._all
        if wanted.dtype != np.uint8 or wanted.shape != self._all.shape or not wanted.flags.c_contiguous:
            raise ValueError(f"`wanted` must be a uint8 for each of {len(self._all)} rows.")
        return wanted

    def _turn(self, turning: Int64s, epoch: Epoch, rows: Int32s | slice) -> None:
        """Write what turning round costs these rows."""
        turning[rows] = turnings(self._direction[rows], epoch.u_turn) if self._leaving else 0

    def _blank(self) -> Labels:
        """No row's turning nor rank, and room for every row's label."""
        capacity = len(self._edge)
        still = np.zeros(capacity, np.int64)
        return (
            still,
            np.full(capacity, -1, np.int32),
            np.full((capacity, self._hierarchy.slots), FAR, np.int32),
        )

    def _labelled(self, epoch: Epoch, labels: Labels) -> _Labelled:
        h = self._hierarchy
        leave = h.leads_to, h.climb, h.up_head, h.up_slot, epoch.up_ms, *gates_of(h, epoch.up_ms)
        arrive = h.comes_from, h.climb, h.up_head, h.up_slot, epoch.down_ms, *gates_of(h, epoch.down_ms)
        own, other = (leave, arrive) if self._leaving else (arrive, leave)
        shared = self._leaving, self._edge_m, epoch.cost
        rows = self._edge, self._along_m, *labels, *self._shapes
        fixing = None
        if self._snapper is not None:
            rows_and_spots = *rows[:5], self._spot, self._shapes[-1]
            fixing = *self._snapper.rows, *shared, *own, *rows_and_spots
        return _Labelled(epoch, (*shared, *own, *rows), (*shared, *other, *rows), labels, fixing)
