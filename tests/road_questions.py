"""Random questions to two road engines that must give the same answers, to the millisecond and millimetre."""

from itertools import pairwise

import numpy as np

from routing.engine import Engine
from routing.kernels import CLOSED, UNREACHED
from routing.metric import Metric
from routing.road_map import RoadMap
from routing.snapping import Places


def places_anywhere(road_map: RoadMap, count: int, generator: np.random.Generator) -> Places:
    """Places along any edge, usable or not, now and then on a corner, now and then without a street.

    Often the way they drive is known.
    """
    edge = generator.integers(0, road_map.streets.edges, count).astype(np.int32)
    edge[(road_map.streets.edge_m[edge] == 0) | (generator.random(count) < 0.02)] = -1
    share = np.clip(generator.uniform(-0.1, 1.1, count), 0, 1)
    along_m = np.where(edge < 0, 0.0, share * road_map.streets.edge_m[edge])
    direction = generator.integers(-1, 2, count).astype(np.int8) if generator.random() < 0.7 else None
    return Places(edge, along_m, np.zeros(count), direction)


def some_arcs(road_map: RoadMap, count: int, generator: np.random.Generator) -> np.ndarray:
    return generator.integers(0, 2 * road_map.streets.edges, count).astype(np.int32)


def with_closures(metric: Metric, arcs: np.ndarray) -> Metric:
    return metric.with_times(arcs, np.full(len(arcs), CLOSED, np.int32))


def with_slower_and_faster(metric: Metric, arcs: np.ndarray, generator: np.random.Generator) -> Metric:
    """Arcs that take from a tenth to ten times as long as before; closed ones open."""
    before = np.where(metric.arc_ms[arcs] == CLOSED, 10_000, metric.arc_ms[arcs])
    ms = np.maximum(1, np.rint(before * 10 ** generator.uniform(-1, 1, len(arcs)))).astype(np.int32)
    return metric.with_times(arcs, ms)


def assert_agree(
    road_map: RoadMap,
    engines: tuple[Engine, Engine],
    metric: Metric,
    generator: np.random.Generator,
    searches: int,
    asked: int,
) -> int:
    """Put every kind of question to both engines; returns how many answers were compared that had a way."""
    reached = 0
    for turn in range(searches):
        one, several = places_anywhere(road_map, 1, generator), places_anywhere(road_map, asked, generator)
        if turn % 5 == 0 and one.edge[0] >= 0:  # some on the very same street
            several.edge[:3] = one.edge[0]
            several.along_m[:3] = (
                generator.random(len(several.edge[:3])) * road_map.streets.edge_m[one.edge[0]]
            )
        reached += _same(*(engine.from_place(metric, one, several) for engine in engines))
        reached += _same(*(engine.to_place(metric, several, one) for engine in engines))
        few = places_anywhere(road_map, 3, generator)
        reached += _same(*(engine.table(metric, few, several) for engine in engines))
        for i in range(min(asked, 5)):
            reached += _same_path(road_map, metric, engines, one, several.only(i))
    return reached


def _same(expected, found) -> int:
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_array_equal(found[1], expected[1])
    return int((expected[0] != UNREACHED).sum())


def _same_path(
    road_map: RoadMap, metric: Metric, engines: tuple[Engine, Engine], start: Places, end: Places
) -> int:
    """Of equally fast and long ways either may be found; but it must be one, and cost what it says."""
    expected, found = (engine.path(metric, start, end) for engine in engines)
    if expected is None:
        assert found is None
        return 0
    assert (found.ms, found.mm) == (expected.ms, expected.mm)
    assert (found.begin_m, found.end_m) == (expected.begin_m, expected.end_m)
    assert sum(found.arc_ms) == found.ms
    streets = road_map.streets
    ends = [(streets.tail[arc >> 1], streets.head[arc >> 1])[:: -1 if arc & 1 else 1] for arc in found.arcs]
    assert all(one[1] == other[0] for one, other in pairwise(ends))
    # beyond driving there is only turning
    assert (np.array(found.arc_ms[1:-1]) >= metric.arc_ms[found.arcs[1:-1]]).all()
    assert (found.arcs[0] >> 1, found.arcs[-1] >> 1) == (start.edge[0], end.edge[0])
    return 1
