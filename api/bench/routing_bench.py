"""`vigil bench routing`: the road engine alone, question by question, beside scipy on the same arrays."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from api.bench import rounds, start
from api.bench.quilt import quilt
from api.bench.road_questions import PROFILE, RoadQuestions
from api.bench.rows import Figure, figure, timed
from routing import map_file
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import metric
from routing.warm import warm_up

UNITS = 1_000


def bench_routing(sources: Sequence[Path], tiles: int, say: Callable[[str], None]) -> list[Figure]:
    """Every question the engine answers, on every map; with `tiles`, also on a quilt of the first.

    Places are on their streets already unless snapping is meant. The first map's rows come first.
    """
    say("Compiling the kernels ...")
    warm_up()
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        asked = list(sources)
        if tiles > 1:
            say(f"Sewing {tiles} x {tiles} tiles of {sources[0].name} together ...")
            larger = Path(scratch) / f"{sources[0].name.split('.')[0]}-{tiles}x{tiles}.osm.pbf"
            quilt(sources[0], larger, tiles)
            asked.append(larger)
        for source in asked:
            say(f"Building {source.name} ...")
            rows += _on_one_map(map_file.build(source, Path(scratch)), say)
    return rows


def _on_one_map(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    road_map = map_file.load(folder)
    name, nodes = road_map.name, road_map.streets.nodes
    say(f"Asking, on {nodes} nodes ...")
    questions = RoadQuestions(road_map, UNITS)
    turns = questions.about_units() | questions.about_roads() | questions.by_scipy()
    found = rounds.figures("routing.", turns)
    found += _after_other_work(questions)
    loads = figure("routing.map_load", timed(lambda: _open(folder), 5), None)
    found += [loads, *start.of_new_processes(folder)]
    return [
        replace(row, map=name, nodes=nodes, units=UNITS if str(UNITS) in row.name else None) for row in found
    ]


def _open(folder: Path) -> None:
    road_map = map_file.load(folder)
    HierarchyEngine(road_map).prepare(metric(road_map, PROFILE))


<<<<<<< HEAD
class _Bench:
    """One map with a thousand units on it, and scipy's graph of the same streets."""

    def __init__(self, road_map: RoadMap) -> None:
        self.road_map, self.chance = road_map, np.random.default_rng(SEED)
        self.engine, self.weights = HierarchyEngine(road_map), metric(road_map, PROFILE)
        self.epoch = self.engine.epoch_of(self.weights)
        self.units = Units(road_map, self.epoch, UNITS)
        self.units.place(range(UNITS), self._places(UNITS))
        self.scenes = self._places(500)
        self.graph = _scipy_graph(road_map, self.weights)
        self.back = csr_matrix(self.graph.T)

    def figures(self) -> list[Figure]:
        one, back, nearest_of_all = self._scipy()
        scenes = cycle(zip(self.scenes.edge.tolist(), self.scenes.along_m.tolist(), strict=True))
        moves = cycle(zip(range(UNITS), scenes, strict=False))

        def move() -> None:
            row, (edge, along_m) = next(moves)
            self.units.move(row, edge, along_m)

        change, arcs = self._closure()
        names: list[tuple[str, Callable[[], object], int, tuple[str, list[float]] | None]] = [
            ("knearest_5_of_1000", lambda: self.units.nearest(*next(scenes), 5), ASKED, back),
            ("all_1000", lambda: self.units.times(*next(scenes)), ASKED, back),
            ("label_update", move, ASKED, None),
            ("position_update", self._update(), ASKED, None),
            ("snap", self._snap(), ASKED, None),
            ("p2p", self._between(), ASKED, one),
            ("path", self._path(), ASKED, one),
            ("one_to_all", lambda: self.engine.to_every_node(self.weights, self.scenes.only(0)), 100, one),
            ("coverage", self._coverage(), 100, nearest_of_all),
            ("customize_full", lambda: self.engine.epochs.first(self.weights, ""), 50, None),
            ("customize_100", lambda: self.engine.epochs.after(self.epoch, change, arcs, ""), 50, None),
            ("relabel_1000", lambda: self.units.relabel(self.epoch), 50, None),
        ]
        return [figure(f"routing.{name}", _warmed(work, n), against) for name, work, n, against in names]

    def _scipy(self) -> tuple[tuple[str, list[float]], ...]:
        """From one node to all, from all to one, and from the nearest of many to all."""
        nodes = iter(self.chance.integers(self.road_map.streets.nodes, size=100).tolist())
        many = self.chance.integers(self.road_map.streets.nodes, size=IDLE)
        return (
            ("scipy.dijkstra", _warmed(lambda: dijkstra(self.graph, indices=next(nodes)), 10)),
            ("scipy.dijkstra", _warmed(lambda: dijkstra(self.back, indices=next(nodes)), 10)),
            (
                "scipy.dijkstra_min_only",
                _warmed(partial(dijkstra, self.graph, indices=many, min_only=True), 5),
            ),
        )

    def _places(self, count: int) -> Places:
        """Places anywhere along the streets of the town."""
        mask = (
            self.road_map.indexes.origin_mask
            & self.road_map.indexes.destination_mask
            & (1 << self.weights.profile)
        )
        edge = self.chance.choice(np.flatnonzero(mask), count).astype(np.int32)
        along_m = self.chance.random(count) * self.road_map.streets.edge_m[edge]
        return Places(edge, along_m, np.zeros(count))

    def _fixes(self) -> Iterator[tuple[float, float]]:
        """Positions some tens of metres off the corners."""
        streets = self.road_map.streets
        node = self.chance.integers(streets.nodes, size=500)
        lat = streets.node_lat[node] + self.chance.normal(0, 2e-4, 500)
        lon = streets.node_lon[node] + self.chance.normal(0, 2e-4, 500)
        return cycle(zip(lat.tolist(), lon.tolist(), strict=True))

    def _snap(self) -> Callable[[], object]:
        snapper, fixes = Snapper(self.road_map, self.weights.profile), self._fixes()
        return lambda: snapper(*next(fixes))

    def _update(self) -> Callable[[], object]:
        snapper, fixes, rows = (
            Snapper(self.road_map, self.weights.profile),
            self._fixes(),
            cycle(range(UNITS)),
        )

        def update() -> None:
            edge, along_m, _ = snapper(*next(fixes))
            self.units.move(next(rows), edge, along_m)

        return update

    def _between(self) -> Callable[[], object]:
        h, edge_m, epoch = self.engine.hierarchy, self.road_map.streets.edge_m, self.epoch
        place = self.scenes.edge, self.scenes.along_m
        leave = seeds(*place, LEAVING, edge_m, epoch.cost, h.leads_to)
        arrive = seeds(*place, ARRIVING, edge_m, epoch.cost, h.comes_from)
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
    index, size = road_map.indexes, road_map.graph.nodes
    ms = weights.arc_ms[index.out_arc]
    seconds = np.where(ms < CLOSED, ms / 1000.0, np.inf)
    return csr_matrix((seconds, index.out_node, index.out_first), shape=(size, size))


def _warmed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each call, after two that are not counted."""
    began = perf_counter()
    work()
    while perf_counter() - began < 0.01:
        work()
    return timed(work, times)
=======
def _after_other_work(questions: RoadQuestions) -> list[Figure]:
    """The nearest units when something else has just emptied the caches: a dispatcher asks now and then."""
    turn, ballast = questions.nearest(), questions.other_work()
    samples = []
    with rounds.no_collecting():
        for _ in range(200):
            ballast()
            samples += timed(turn.work, 1)
    return [figure(f"routing.knearest_5_of_{UNITS}_cold", samples, None)]
>>>>>>> main
