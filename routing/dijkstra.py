"""The plain exact engine: one Dijkstra search a question, ended when the last place is settled."""

import numpy as np
from numpy.typing import NDArray

from routing.ends import Ends, along_one_edge, drives_back, entries, exits
from routing.engine import Path, on_streets
from routing.kernels import CLOSED, UNREACHED, grow, meet
from routing.metric import Metric
from routing.road_map import Int32s, Int64s, RoadMap
from routing.snapping import Places

Grown = tuple[Int32s, Int64s, Int32s]


class DijkstraEngine:
    """Keeps nothing between questions: safe to call from any number of threads."""

    def __init__(self, road_map: RoadMap) -> None:
        self._streets = road_map.streets
        self._indexes = road_map.indexes
        self._graph = road_map.graph

    def prepare(self, metric: Metric) -> None:
        """Nothing to prepare."""

    def from_place(self, metric: Metric, origin: Places, destinations: Places) -> tuple[Int32s, Int64s]:
        leave, arrive = self._exits(metric, origin), self._entries(metric, destinations)
        ms, mm, _ = self._search(metric, leave, arrive, backwards=False)
        return _better(ms, mm, *along_one_edge(self._streets, metric, origin, destinations))

    def to_place(self, metric: Metric, origins: Places, destination: Places) -> tuple[Int32s, Int64s]:
        leave, arrive = self._exits(metric, origins), self._entries(metric, destination)
        ms, mm, _ = self._search(metric, arrive, leave, backwards=True)
        return _better(ms, mm, *along_one_edge(self._streets, metric, origins, destination))

    def table(
        self, metric: Metric, origins: Places, destinations: Places
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """One search for each place on the shorter side."""
        shape = len(origins), len(destinations)
        ms, mm = np.empty(shape, np.int32), np.empty(shape, np.int64)
        if shape[0] <= shape[1]:
            for i in range(shape[0]):
                ms[i], mm[i] = self.from_place(metric, origins.only(i), destinations)
        else:
            for j in range(shape[1]):
                ms[:, j], mm[:, j] = self.to_place(metric, origins, destinations.only(j))
        return ms, mm

    def path(self, metric: Metric, origin: Places, destination: Places) -> Path | None:
        leave, arrive = self._exits(metric, origin), self._entries(metric, destination)
        ms, mm, (side, via) = self._search(metric, leave, arrive, backwards=False)
        near_mms, near_mm = along_one_edge(self._streets, metric, origin, destination)
        begin, end = float(origin.along_m[0]), float(destination.along_m[0])
        if near_mms[0] != UNREACHED and (near_mms[0], near_mm[0]) <= (ms[0], mm[0]):
            back = drives_back(metric, int(origin.edge[0]), begin, end)
            arc = 2 * int(origin.edge[0]) + back
            return Path(int(near_mms[0]), int(near_mm[0]), [arc], [int(near_mms[0])], begin, end)
        if ms[0] == UNREACHED:
            return None
        arrived = int(arrive.node[0, side[0]])
        inner = self._arcs_to(via, arrived)
        first_side = self._side_of_departure(leave, inner[0] if inner else None, arrived)
        driven = [2 * int(origin.edge[0]) + first_side, *inner, 2 * int(destination.edge[0]) + int(side[0])]
        spent = [int(leave.ms[0, first_side]), *(int(metric.arc_ms[arc]) for arc in inner),
                 int(arrive.ms[0, side[0]])]  # fmt: skip
        arcs, arc_ms = on_streets(self._graph, driven, spent)
        return Path(int(ms[0]), int(mm[0]), arcs, arc_ms, begin, end)

    def to_every_node(self, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """Milliseconds from the nearest of the places to every node of the streets, or back; UNREACHED where
        there is no way."""
        ms = self._sweep(metric, places, outward)
        found = np.full(self._streets.nodes, UNREACHED, np.int32)
        standing = self._graph.corner >= 0
        np.minimum.at(found, self._graph.corner[standing], ms[standing])
        return found

    def to_every_arc(self, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """The same for every arc of the streets: when it can be begun, or what remains from its end."""
        node = self._graph.reached_at if outward else self._graph.left_at
        found: Int32s = np.where(node >= 0, self._sweep(metric, places, outward)[node], UNREACHED)
        return found

    def _sweep(self, metric: Metric, places: Places, outward: bool) -> Int32s:
        """One search from all of the places at once, to every node of the graph."""
        seeds = self._exits(metric, places) if outward else self._entries(metric, places)
        usable = seeds.ms != CLOSED
        every = np.arange(self._graph.nodes, dtype=np.int32)
        return self._grow(metric, seeds, usable, every, backwards=not outward)[0]

    def _exits(self, metric: Metric, places: Places) -> Ends:
        return exits(self._streets, self._graph, metric, places)

    def _entries(self, metric: Metric, places: Places) -> Ends:
        return entries(self._streets, self._graph, metric, places)

    def _search(
        self, metric: Metric, seeds: Ends, targets: Ends, *, backwards: bool
    ) -> tuple[Int32s, Int64s, tuple[Int32s, Int32s]]:
        """Times to every target; then the end used of each target, and the arc that led to each node."""
        first = Ends(seeds.node[:1], seeds.ms[:1], seeds.mm[:1])
        wanted = targets.node[targets.ms != CLOSED]
        ms, mm, via = self._grow(metric, first, first.ms != CLOSED, wanted, backwards=backwards)
        best_ms, best_mm, side = meet(
            ms,
            mm,
            np.ascontiguousarray(targets.node),
            np.ascontiguousarray(targets.ms),
            np.ascontiguousarray(targets.mm),
        )
        return best_ms, best_mm, (side, via)

    def _grow(
        self, metric: Metric, seeds: Ends, usable: NDArray[np.bool_], wanted: Int32s, *, backwards: bool
    ) -> tuple[Int32s, Int64s, Int32s]:
        """`kernels.grow` from the usable seeds, along the arcs or against them."""
        index = self._indexes
        arcs = (
            (index.in_first, index.in_node, index.in_arc)
            if backwards
            else (index.out_first, index.out_node, index.out_arc)
        )
        return grow(
            *arcs, metric.arc_ms, self._graph.arc_mm, seeds.node[usable], seeds.ms[usable], seeds.mm[usable],
            wanted,
        )  # fmt: skip

    def _arcs_to(self, via: Int32s, node: int) -> list[int]:
        """The arcs that lead from a seed to `node`, in driving order."""
        arcs: list[int] = []
        while (arc := int(via[node])) >= 0:
            arcs.append(arc)
            node = int(self._graph.arc_from[arc])
        return arcs[::-1]

    def _side_of_departure(self, leave: Ends, first_arc: int | None, arrived: int) -> int:
        """Whether the way left its first edge by the head (0) or the tail (1); the cheaper where both fit."""
        node = arrived
        if first_arc is not None:
            node = int(self._graph.arc_from[first_arc])
        fitting = [side for side in (0, 1) if leave.node[0, side] == node and leave.ms[0, side] != CLOSED]
        return min(fitting, key=lambda side: (int(leave.ms[0, side]), int(leave.mm[0, side])))


def _better(ms: Int32s, mm: Int64s, near_mms: Int32s, near_mm: Int64s) -> tuple[Int32s, Int64s]:
    """The way along the shared edge where that is quicker, the way around elsewhere."""
    near = (near_mms < ms) | ((near_mms == ms) & (near_mm < mm))
    return np.where(near, near_mms, ms), np.where(near, near_mm, mm)
