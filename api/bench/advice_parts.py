"""What a recommendation is made of, part by part, in one process: roads, ranking, writing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from uuid import uuid4

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from api.bench.known_ways import KnownWays
from api.bench.peopled import SEED, Place
from api.bench.rows import Figure, figure, timed
from dispatch.advise import Advice, Need, advise
from dispatch.application import memory_log
from dispatch.desk import Desk
from dispatch.policies.fleet import UnitNow
from dispatch.still_picture import StillPicture
from domain.values import Needs, Position
from routing.kernels import CLOSED
from routing.metric import metric
from routing.road_map import RoadMap
from routing.times import RoadTimes

ASKED = 500
NEEDS = Needs(("BLS", "transport"), None, None)


def advice_parts(road_map: RoadMap, fleet: Sequence[Place], scenes: Sequence[Place]) -> list[Figure]:
    """The fleet standing and the fleet moved since the last question, as vans that are all free."""
    roads = RoadTimes(road_map)
    desk = Desk(log=memory_log(), roads=roads, protocols={}, timezone=UTC)
    turn = cycle([Position(*scene) for scene in scenes])
    standing, chance = [Position(*place) for place in fleet], np.random.default_rng(SEED)

    def moved() -> list[Position]:
        by = chance.uniform(-1e-4, 1e-4, (len(fleet), 2)).tolist()
        return [
            Position(lat + north, lon + east) for (lat, lon), (north, east) in zip(fleet, by, strict=True)
        ]

    paths = iter([moved() for _ in range(ASKED + 100)])
    units = [_unit(i, position) for i, position in enumerate(standing)]
    scene, now = next(turn), datetime.now(UTC)
    need, known = Need("bench", scene, NEEDS), KnownWays(roads, roads.to_scene(standing, scene, "van"))
    at_the_desk = replace(desk, roads=known)

    def ranked() -> Advice:
        return advise(need, StillPicture(units), at_the_desk, now, uuid4())

    advice = ranked()
    parts: dict[str, Callable[[], object]] = {
        "roads_standing": lambda: roads.to_scene(standing, next(turn), "van"),
        "roads_all_moved": lambda: roads.to_scene(next(paths), next(turn), "van"),
        "ranking": ranked,
        "writing": lambda: advice.written(desk),
    }
    found = []
    for name, work in parts.items():
        timed(work, 20)
        found.append(figure(f"api.recommendation_140.{name}", timed(work, ASKED), None))
    return found


def _unit(number: int, position: Position) -> UnitNow:
    return UnitNow(
        f"unit-{number}", f"C{number}", "van", ("ALS",), "on_duty", None, position, datetime.now(UTC)
    )


def two_searches(road_map: RoadMap, times: int) -> list[float]:
    """Seconds of scipy's one-to-all on the van graph, there and back."""
    weights, index = metric(road_map, "van"), road_map.indexes
    size = road_map.graph.nodes
    ms = weights.arc_ms[index.out_arc]
    seconds = np.where(ms < CLOSED, ms / 1000.0, np.inf)
    graph = csr_matrix((seconds, index.out_node, index.out_first), shape=(size, size))
    backwards = csr_matrix(graph.T)
    nodes = iter(np.random.default_rng(SEED).integers(size, size=times + 1).tolist())

    def search() -> None:
        node = next(nodes)
        dijkstra(backwards, indices=node)
        dijkstra(graph, indices=node)

    search()
    return timed(search, times)
