"""Every question that the road engine answers, ready to be timed on one map, and scipy on the same arrays."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from api.bench.rounds import Turn
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.query import between
from routing.hierarchy.seeds import ARRIVING, LEAVING, seeds
from routing.hierarchy.units import Units
from routing.kernels import CLOSED
from routing.metric import Metric, metric
from routing.profiles import profile_index
from routing.road_map import Int32s, RoadMap
from routing.snapper import Snapper
from routing.snapping import Places

SEED = 115
SCENES = 500
IDLE = 200  # units that coverage is counted from
PROFILE = "van"
OTHER_WORK_BYTES = 64 << 20  # more than the caches of a core hold


class RoadQuestions:
    """One map with units on it. Every question is asked about places in no order, so that no call finds in
    the caches just what the one before left there."""

    def __init__(self, road_map: RoadMap, units: int, asked: int = 2_000) -> None:
        """`asked` is how many times a quick question is timed; slow ones are timed less."""
        self.road_map, self.asked, self.count = road_map, asked, units
        self.chance = np.random.default_rng(SEED)
        self.engine, self.weights = HierarchyEngine(road_map), metric(road_map, PROFILE)
        self.epoch = self.engine.epoch_of(self.weights)
        self.snapper = Snapper(road_map, profile_index(PROFILE))
        self.units = Units(road_map, self.epoch, units, snapper=self.snapper)
        self.units.place(range(units), self._places(units))
        self.scenes = self._places(SCENES)

    def about_units(self) -> dict[str, Turn]:
        """What depends on how many units there are."""
        scenes = self._each_scene()
        moves = zip(cycle(range(self.count)), self._each_scene(), strict=False)

        def move() -> None:
            row, (edge, along_m) = next(moves)
            self.units.move(row, edge, along_m)

        count, back, slow = self.count, "scipy.dijkstra_back", max(20, self.asked // 40)
        return {
            f"knearest_5_of_{count}": self.nearest(),
            f"all_{count}": Turn(lambda: self.units.times(*next(scenes)), self.asked, back),
            "label_update": Turn(move, self.asked),
            "position_update": Turn(self._update(), self.asked),
            f"relabel_{count}": Turn(lambda: self.units.relabel(self.epoch), slow),
        }

    def about_roads(self) -> dict[str, Turn]:
        """What depends on the map alone."""
        change, arcs = self._closure()
        few, slow = max(20, self.asked // 20), max(20, self.asked // 40)
        epochs, one = self.engine.epochs, "scipy.dijkstra"
        return {
            "snap": Turn(self._snap(), self.asked),
            "p2p": Turn(self._between(), self.asked, one),
            "path": Turn(self._path(), self.asked, one),
            "one_to_all": Turn(
                lambda: self.engine.to_every_node(self.weights, self.scenes.only(0)), few, one
            ),
            "coverage": Turn(self._coverage(), few, "scipy.dijkstra_min_only"),
            "customize_full": Turn(lambda: epochs.first(self.weights, ""), slow),
            "customize_100": Turn(lambda: epochs.after(self.epoch, change, arcs, ""), slow),
        }

    def nearest(self) -> Turn:
        """The five nearest units."""
        scenes = self._each_scene()
        return Turn(lambda: self.units.nearest(*next(scenes), 5), self.asked, "scipy.dijkstra_back")

    def other_work(self) -> Callable[[], object]:
        """Something that fills every cache with its own things."""
        ballast = np.zeros(OTHER_WORK_BYTES // 8)
        return lambda: ballast.sum()

    def by_scipy(self) -> dict[str, Turn]:
        """From one node to all, from all to one, and from the nearest of many to all."""
        graph = _scipy_graph(self.road_map, self.weights)
        back = csr_matrix(graph.T)
        nodes = cycle(self.chance.integers(self.road_map.streets.nodes, size=100).tolist())
        many = self.chance.integers(self.road_map.streets.nodes, size=IDLE)
        return {
            "scipy.dijkstra": Turn(lambda: dijkstra(graph, indices=next(nodes)), 10),
            "scipy.dijkstra_back": Turn(lambda: dijkstra(back, indices=next(nodes)), 10),
            "scipy.dijkstra_min_only": Turn(partial(dijkstra, graph, indices=many, min_only=True), 5),
        }

    def _places(self, count: int) -> Places:
        """Places anywhere along the streets of the town."""
        indexes, streets = self.road_map.indexes, self.road_map.streets
        mask = indexes.origin_mask & indexes.destination_mask & (1 << self.weights.profile)
        edge = self.chance.choice(np.flatnonzero(mask), count).astype(np.int32)
        return Places(edge, self.chance.random(count) * streets.edge_m[edge], np.zeros(count))

    def _each_scene(self) -> Iterator[tuple[int, float]]:
        return cycle(zip(self.scenes.edge.tolist(), self.scenes.along_m.tolist(), strict=True))

    def _fixes(self) -> Iterator[tuple[float, float]]:
        """Positions some tens of metres off the corners."""
        streets = self.road_map.streets
        node = self.chance.integers(streets.nodes, size=SCENES)
        lat = streets.node_lat[node] + self.chance.normal(0, 2e-4, SCENES)
        lon = streets.node_lon[node] + self.chance.normal(0, 2e-4, SCENES)
        return cycle(zip(lat.tolist(), lon.tolist(), strict=True))

    def _snap(self) -> Callable[[], object]:
        fixes = self._fixes()
        return lambda: self.snapper(*next(fixes))

    def _update(self) -> Callable[[], object]:
        fixes, rows = self._fixes(), cycle(range(self.count))

        def update() -> None:
            lat, lon = next(fixes)
            self.units.fix(next(rows), lat, lon)

        return update

    def _between(self) -> Callable[[], object]:
        h, edge_m, epoch = self.engine.hierarchy, self.road_map.streets.edge_m, self.epoch
        place = self.scenes.edge, self.scenes.along_m
        still = np.zeros(len(self.scenes), np.int64)
        leave = seeds(*place, still, LEAVING, edge_m, epoch.cost, h.leads_to)
        arrive = seeds(*place, still, ARRIVING, edge_m, epoch.cost, h.comes_from)
        slots, turn = h.slots, cycle(range(len(leave) - 1))

        def ask() -> None:
            i = next(turn)
            between(leave[i], arrive[i + 1], slots, h.climb, h.up_slot, epoch.up, epoch.down)

        return ask

    def _path(self) -> Callable[[], object]:
        turn = cycle(range(len(self.scenes) - 1))
        places = [self.scenes.only(i) for i in range(len(self.scenes))]

        def ask() -> None:
            i = next(turn)
            self.engine.path(self.weights, places[i], places[i + 1])

        return ask

    def _coverage(self) -> Callable[[], object]:
        idle = self._places(IDLE)
        population = self.chance.random(self.road_map.streets.nodes)
        return lambda: self.engine.covered(self.weights, idle, population, [480.0])

    def _closure(self) -> tuple[Metric, Int32s]:
        """The hundred arcs around one corner, closed."""
        streets = self.road_map.streets
        lat, lon = streets.node_lat[streets.tail], streets.node_lon[streets.tail]
        middle = int(self.scenes.edge[0])
        edges = np.argsort(np.hypot(lat - lat[middle], lon - lon[middle]))[:50]
        arcs = np.concatenate((2 * edges, 2 * edges + 1)).astype(np.int32)
        return self.weights.with_times(arcs, np.full(len(arcs), CLOSED, np.int32)), arcs


def _scipy_graph(road_map: RoadMap, weights: Metric) -> csr_matrix:
    index = road_map.indexes
    size = len(index.out_first) - 1  # corners, and whatever turns are split into
    ms = weights.arc_ms[index.out_arc]
    seconds = np.where(ms < CLOSED, ms / 1000.0, np.inf)
    return csr_matrix((seconds, index.out_node, index.out_first), shape=(size, size))
