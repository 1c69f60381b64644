"""Epochs: the weights of one moment, whole and unchanging.

New traffic makes a new epoch beside the old one; who asks holds the epoch he began with, and nobody waits.
The large arrays of an epoch that nobody holds any more are used again for the next: fresh memory
costs more than the customization of a small change.
"""

from dataclasses import dataclass
from threading import Lock
from weakref import ref

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.hierarchy.costs import SHIFT, pack, times_of
from routing.hierarchy.customize import settle_marked, settle_spans
from routing.hierarchy.layout import Hierarchy
from routing.hierarchy.shares import Shares, in_two_threads, whole
from routing.hierarchy.unpack import UNKNOWN
from routing.metric import Metric
from routing.road_map import RoadMap


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Epoch:
    """The weights of one metric; they never change. Hold the epoch, not its arrays: they are used again once
    it is let go.

    version, profile : of what these are the weights
    cost     : int64[arcs]      what every arc of the graph costs (`costs.pack`), those of the streets first
    up, down : int64[up_arcs]   what every up-arc costs, driven upwards and downwards
    below    : int32[2 * up_arcs]  of what the up-arcs are made, as far as ways have asked (`unpack.parts_of`)
    up_ms, down_ms : int32[up_arcs]  the same in milliseconds, without the ways: half the memory to read
    u_turn   : what turning round on a street costs, as in `cost`
    ms_per_m : the least time that any open street takes for a metre, for bounds; inf where none is open
    """

    version: str
    profile: int
    cost: Int64s
    up: Int64s
    down: Int64s
    up_ms: Int32s
    down_ms: Int32s
    below: Int32s
    u_turn: int
    ms_per_m: float


Arrays = tuple[Int64s, Int64s, Int64s, Int32s, Int32s, Int32s]


class Epochs:
    """Makes epochs for one map. Any thread may ask; two customizations at once run one after the other."""

    def __init__(self, road_map: RoadMap, *, threads: int = 1) -> None:
        self.hierarchy: Hierarchy = road_map.hierarchy
        self._graph = road_map.graph
        self._shares: Shares = whole(self.hierarchy) if threads == 1 else in_two_threads(self.hierarchy)
        self._edge_m: Float64s = road_map.streets.edge_m
        self._arc_mm = road_map.graph.arc_mm
        self._every_arc = np.arange(len(self._arc_mm), dtype=np.int32)
        self._lock = Lock()
        self._lent: list[tuple[ref[Epoch], Arrays]] = []

    def first(self, metric: Metric, version: str) -> Epoch:
        """The epoch of a metric, by full customization."""
        with self._lock:
            cost, up, down, *_ = arrays = self._spare_arrays()
            ms_per_m = pack(metric.arc_ms, self._arc_mm, self._edge_m, self._every_arc, cost)
            h = self.hierarchy
            self._shares.run(
                lambda spans: settle_spans(spans, h.slots, cost, h.climb, h.up_slot, h.down_first, h.down,
                                           h.part_first, h.part, up, down)
            )  # fmt: skip
            return self._lend(version, metric, arrays, ms_per_m)

    def after(self, epoch: Epoch, metric: Metric, arcs: Int32s, version: str) -> Epoch:
        """The epoch of a metric that differs from that of `epoch` in `arcs` alone: arc ids, repeats
        allowed. Copies of these arcs need not be named.

        Works on what the change bears upon, at most everything: never longer than `first`.
        """
        with self._lock:
            h = self.hierarchy
            cost, up, down, *_ = arrays = self._spare_arrays()
            for mine, before in ((cost, epoch.cost), (up, epoch.up), (down, epoch.down)):
                np.copyto(mine, before)
            arcs = self._graph.with_copies(arcs)
            ms_per_m = pack(metric.arc_ms, self._arc_mm, self._edge_m, arcs, cost)
            marked = np.zeros(h.nodes, np.uint8)
            carriers = h.carrier[arcs]
            marked[h.up_tail[carriers[carriers >= 0] >> 1]] = 1
            settle_marked(marked, h.slots, cost, h.climb, h.up_head, h.up_slot, h.down_first, h.down,
                          h.part_first, h.part, up, down)  # fmt: skip
            # a street that was closed may have been the fastest: the bound stays good, if not the best
            return self._lend(version, metric, arrays, min(ms_per_m, epoch.ms_per_m))

    def _spare_arrays(self) -> Arrays:
        for i, (holder, arrays) in enumerate(self._lent):
            if holder() is None:
                del self._lent[i]
                return arrays
        arcs, up_arcs = len(self._arc_mm), self.hierarchy.up_arcs
        cost, up, down = np.empty(arcs, np.int64), np.empty(up_arcs, np.int64), np.empty(up_arcs, np.int64)
        up_ms, down_ms, below = (np.empty(size, np.int32) for size in (up_arcs, up_arcs, 2 * up_arcs))
        return cost, up, down, up_ms, down_ms, below

    def _lend(self, version: str, metric: Metric, arrays: Arrays, ms_per_m: float) -> Epoch:
        _, up, down, up_ms, down_ms, below = arrays
        below.fill(UNKNOWN)
        times_of(up, up_ms)
        times_of(down, down_ms)
        epoch = Epoch(version, metric.profile, *arrays, metric.u_turn_ms << SHIFT, ms_per_m)
        self._lent.append((ref(epoch), arrays))
        return epoch
