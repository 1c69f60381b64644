"""The hierarchy behind the engine's protocol: exact as `routing.dijkstra`, a thousand times as fast."""

from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s, Int64s
from routing.ends import drives_back
from routing.engine import Path
from routing.hierarchy.costs import MM, NEVER, SHIFT, unpacked
from routing.hierarchy.epochs import Epoch, Epochs
from routing.hierarchy.query import between, one_to_several
from routing.hierarchy.seeds import ARRIVING, LEAVING, along_one_edge, or_straight_on, seeds, turnings
from routing.hierarchy.sweep import by_arc, by_node, corners, covered, to_every_rank
from routing.hierarchy.tables import many_to_many
from routing.hierarchy.unpack import on_streets, way
from routing.metric import Metric
from routing.road_map import RoadMap
from routing.snapping import Places


class HierarchyEngine:
    """Keeps the epoch of every metric that is in use. Safe to call from any number of threads."""

    def __init__(self, road_map: RoadMap, *, threads: int = 1) -> None:
        self._streets, self._graph = road_map.streets, road_map.graph
        self.hierarchy = road_map.hierarchy
        self._corners = corners(road_map.graph, road_map.hierarchy.rank)
        self.epochs = Epochs(road_map, threads=threads)
        self._known: WeakKeyDictionary[Metric, Epoch] = WeakKeyDictionary()
        self._lock = Lock()

    def prepare(self, metric: Metric) -> None:
        """Customize now what would else be customized while the first to ask waits."""
        self.epoch_of(metric)

    def epoch_of(self, metric: Metric) -> Epoch:
        """The epoch of a metric, customized when it is first asked for."""
        epoch = self._known.get(metric)
        if epoch is None:
            with self._lock:
                epoch = self._known.get(metric)
                if epoch is None:
                    epoch = self._known[metric] = self.epochs.first(metric, "")
        return epoch

    def follow(self, before: Metric, metric: Metric, arcs: Int32s) -> None:
        """Prepare a metric that differs from `before` in `arcs` alone, faster than from nothing."""
        self._known[metric] = self.epochs.after(self.epoch_of(before), metric, arcs, "")

    def from_place(self, metric: Metric, origin: Places, destinations: Places) -> tuple[Int32s, Int64s]:
        epoch = self.epoch_of(metric)
        return self._fan(epoch, origin, destinations, outward=True)

    def to_place(self, metric: Metric, origins: Places, destination: Places) -> tuple[Int32s, Int64s]:
        epoch = self.epoch_of(metric)
        return self._fan(epoch, destination, origins, outward=False)

    def table(
        self, metric: Metric, origins: Places, destinations: Places
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        epoch, h = self.epoch_of(metric), self.hierarchy
        costs = many_to_many(
            self._seeds(epoch, origins, LEAVING), self._seeds(epoch, destinations, ARRIVING),
            h.slots, h.climb, h.up_slot, epoch.up, epoch.down,
        )  # fmt: skip
        turning, still = turnings(origins.directions(), epoch.u_turn), np.zeros(len(destinations), np.int64)
        for i in range(len(origins)):
            or_straight_on(
                int(origins.edge[i]), float(origins.along_m[i]), int(turning[i]),
                destinations.edge, destinations.along_m, still, True, self._streets.edge_m, epoch.cost,
                costs[i],
            )  # fmt: skip
        ms, mm = unpacked(costs.ravel())
        return ms.reshape(costs.shape), mm.reshape(costs.shape)

    def path(self, metric: Metric, origin: Places, destination: Places) -> Path | None:
        epoch, h, edge_m = self.epoch_of(metric), self.hierarchy, self._streets.edge_m
        start, end = int(origin.edge[0]), int(destination.edge[0])
        begin_m, end_m = float(origin.along_m[0]), float(destination.along_m[0])
        turning = int(origin.directions()[0]) * epoch.u_turn
        around, driven, spent = way(
            start, begin_m, turning, end, end_m, edge_m, h.leads_to, h.comes_from, h.slots, h.climb,
            h.up_head, h.up_tail, h.up_slot, h.down_first, h.down, h.part_first, h.part,
            epoch.cost, epoch.up, epoch.down, epoch.below,
        )  # fmt: skip
        if start == end and start >= 0:
            straight = int(along_one_edge(start, begin_m, end_m, turning, edge_m, epoch.cost))
            if straight < NEVER and straight <= around:
                arc = 2 * start + drives_back(metric, start, begin_m, end_m)
                return Path(straight >> SHIFT, straight & MM, [arc], [straight >> SHIFT], begin_m, end_m)
        if around >= NEVER:
            return None
        cost = int(around)
        graph = self._graph
        arcs, arc_ms = on_streets(driven, spent, graph.street_arcs, graph.first_link, graph.copied)
        return Path(cost >> SHIFT, cost & MM, arcs.tolist(), arc_ms.tolist(), begin_m, end_m)

    def to_every_node(self, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """Milliseconds from the nearest of the places to every node of the map, or back; UNREACHED where
        there is no way."""
        return by_node(self._sweep(self.epoch_of(metric), places, outward), *self._corners)

    def to_every_arc(self, metric: Metric, places: Places, *, outward: bool = True) -> Int32s:
        """The same for every arc of the streets: when it can be begun, or what remains from its end."""
        end_rank = self.hierarchy.comes_from if outward else self.hierarchy.leads_to
        return by_arc(self._sweep(self.epoch_of(metric), places, outward), end_rank)

    def covered(
        self, metric: Metric, places: Places, population: Float64s, limits_s: list[float]
    ) -> Float64s:
        """How much of the population the nearest of the places reaches within each limit.

        population : float64[nodes], who lives nearest to each node
        """
        epoch = self.epoch_of(metric)
        limits_ms = np.array([round(1000 * limit) for limit in limits_s], np.int64)
        ms = by_node(self._sweep(epoch, places, outward=True), *self._corners)
        return covered(ms, population, limits_ms)

    def _sweep(self, epoch: Epoch, places: Places, outward: bool) -> Int32s:
        """Milliseconds by rank."""
        h = self.hierarchy
        weights = (epoch.up_ms, epoch.down_ms) if outward else (epoch.down_ms, epoch.up_ms)
        return to_every_rank(
            self._seeds(epoch, places, outward), h.slots, h.climb, h.up_head, h.up_slot, *weights
        )

    def _fan(self, epoch: Epoch, one: Places, several: Places, *, outward: bool) -> tuple[Int32s, Int64s]:
        """Between one place and several; `outward` if the ways lead from the one."""
        h = self.hierarchy
        weights = (epoch.up, epoch.down) if outward else (epoch.down, epoch.up)
        turning = self._turnings(epoch, one, outward), self._turnings(epoch, several, not outward)
        here = self._seeds(epoch, one, outward, turning[0])[0]
        there = self._seeds(epoch, several, not outward, turning[1])
        if len(several) == 1:
            costs = np.array([between(here, there[0], h.slots, h.climb, h.up_slot, *weights)])
        else:
            costs = one_to_several(here, there, h.slots, h.climb, h.up_slot, *weights)
        or_straight_on(
            int(one.edge[0]), float(one.along_m[0]), int(turning[0][0]),
            several.edge, several.along_m, turning[1], outward,
            self._streets.edge_m, epoch.cost, costs,
        )  # fmt: skip
        return unpacked(costs)

    def _seeds(self, epoch: Epoch, places: Places, leaving: bool, turning: Int64s | None = None) -> Int64s:
        end_rank = self.hierarchy.leads_to if leaving else self.hierarchy.comes_from
        if turning is None:
            turning = self._turnings(epoch, places, leaving)
        return seeds(
            places.edge, places.along_m, turning, leaving, self._streets.edge_m, epoch.cost, end_rank
        )

    def _turnings(self, epoch: Epoch, places: Places, leaving: bool) -> Int64s:
        if not leaving or places.direction is None:
            return np.zeros(len(places), np.int64)
        return turnings(places.direction, epoch.u_turn)
