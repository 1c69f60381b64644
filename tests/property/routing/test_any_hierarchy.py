"""Any town, any traffic: the hierarchy gives what plain Dijkstra gives, for every kind of question."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.kernels import UNREACHED
from routing.metric import Metric, metric
from routing.profiles import PROFILES
from routing.road_map import RoadMap
from routing.snapper import Snapper
from tests.drawn_by_chance import towns
from tests.often import often
from tests.road_questions import (
    assert_agree,
    places_anywhere,
    some_arcs,
    with_closures,
    with_slower_and_faster,
)
from tests.towns import Town

SLOW = [HealthCheck.too_slow]


def built(drawn: Town) -> RoadMap:
    with TemporaryDirectory() as folder:
        return drawn.road_map(Path(folder))


@settings(max_examples=often(60), deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), profile=st.sampled_from(PROFILES), luck=st.integers(0, 2**32))
def test_every_answer_is_that_of_plain_dijkstra_whatever_is_closed_or_slow(
    drawn: Town, profile: str, luck: int
) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    now = metric(road_map, profile)
    fast.prepare(now)
    for turn in range(4):
        assert_agree(road_map, (plain, fast), now, generator, searches=2, asked=6)
        arcs = some_arcs(road_map, int(generator.integers(1, 5)), generator)
        after = with_slower_and_faster(now, arcs, generator) if turn % 2 else with_closures(now, arcs)
        fast.follow(now, after, arcs)
        now = after


@settings(max_examples=often(60), deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), luck=st.integers(0, 2**32), leaving=st.booleans())
def test_the_nearest_units_are_the_first_of_all_units_as_they_move_and_traffic_changes(
    drawn: Town, luck: int, leaving: bool
) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    now = metric(road_map, "motorbike")
    where = places_anywhere(road_map, 12, generator)
    where = replace(where, direction=where.directions())
    units = Units(road_map, fast.epoch_of(now), 12, leaving=leaving)
    units.place(range(12), where)
    for _ in range(6):
        asked = replace(places_anywhere(road_map, 1, generator), direction=None)
        ask = plain.to_place if leaving else plain.from_place
        ms, _ = ask(now, *((where, asked) if leaving else (asked, where)))
        wanted = (generator.random(12) < 0.7).astype(np.uint8)
        edge, along_m = int(asked.edge[0]), float(asked.along_m[0])
        every = units.times(edge, along_m, wanted)
        np.testing.assert_array_equal(every.ms, np.where(wanted, ms, UNREACHED))
        best = [i for i in np.lexsort((np.arange(12), ms)) if wanted[i] and ms[i] != UNREACHED]
        for count in (1, 3, 12):
            found = units.nearest(edge, along_m, count, wanted)
            assert found.row.tolist() == best[:count]
            assert found.ms.tolist() == ms[best[:count]].tolist()
        now = _change(road_map, fast, units, now, generator)
        row, there = int(generator.integers(12)), places_anywhere(road_map, 1, generator)
        way = int(there.directions()[0])
        where.edge[row], where.along_m[row], where.direction[row] = there.edge[0], there.along_m[0], way
        units.move(row, int(there.edge[0]), float(there.along_m[0]), way)


@settings(max_examples=often(60), deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), luck=st.integers(0, 2**32))
def test_a_unit_that_sends_its_fix_stands_where_a_snapped_one_stands(drawn: Town, luck: int) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    epoch = HierarchyEngine(road_map).epoch_of(now := metric(road_map, "van"))
    snapper = Snapper(road_map, now.profile)
    fixed, moved = Units(road_map, epoch, 3, snapper=snapper), Units(road_map, epoch, 3)
    south, west, north, east = road_map.bounds
    for turn in range(20):
        lat, lon = generator.uniform(south - 0.02, north + 0.02), generator.uniform(west, east)
        edge, along_m, _ = snapper(lat, lon)
        assert fixed.fix(turn % 3, lat, lon) == edge
        moved.move(turn % 3, edge, along_m)
        scene = places_anywhere(road_map, 1, generator)
        asked = int(scene.edge[0]), float(scene.along_m[0])
        np.testing.assert_array_equal(fixed.times(*asked).ms, moved.times(*asked).ms)
        for count in (1, 2, 3):
            assert fixed.nearest(*asked, count).row.tolist() == moved.nearest(*asked, count).row.tolist()


def _change(
    road_map: RoadMap, fast: HierarchyEngine, units: Units, now: Metric, generator: np.random.Generator
) -> Metric:
    arcs = some_arcs(road_map, 3, generator)
    after = with_slower_and_faster(now, arcs, generator)
    fast.follow(now, after, arcs)
    units.relabel(fast.epoch_of(after))
    return after


@settings(max_examples=often(40), deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), luck=st.integers(0, 2**32), outward=st.booleans())
def test_a_sweep_gives_every_node_the_time_of_the_nearest_place(
    drawn: Town, luck: int, outward: bool
) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    now = with_closures(metric(road_map, "van"), some_arcs(road_map, 2, generator))
    places = places_anywhere(road_map, 3, generator)
    plain_ms = plain.to_every_node(now, places, outward=outward)
    np.testing.assert_array_equal(fast.to_every_node(now, places, outward=outward), plain_ms)
    arcs = plain.to_every_arc(now, places, outward=outward)
    np.testing.assert_array_equal(fast.to_every_arc(now, places, outward=outward), arcs)
    nodes = road_map.streets.nodes
    # a node is the place at the beginning of one of its streets
    first = [
        int(np.flatnonzero((road_map.streets.tail == v) | (road_map.streets.head == v))[0])
        for v in range(nodes)
    ]
    at_head = road_map.streets.head[first] == np.arange(nodes)
    corners = type(places)(
        np.array(first, np.int32), np.where(at_head, road_map.streets.edge_m[first], 0.0), np.zeros(nodes)
    )
    ms = fast.to_every_node(now, places, outward=outward)
    ask = plain.from_place if outward else plain.to_place
    each = [
        ask(now, *((places.only(i), corners) if outward else (corners, places.only(i))))[0] for i in range(3)
    ]
    # nobody stands on a barrier, and straight along one street a millisecond may be rounded otherwise
    fair = (road_map.streets.edge_m[first] > 0) & ~np.isin(first, places.edge)
    np.testing.assert_array_equal(ms[fair], np.min(each, axis=0)[fair])


@settings(max_examples=often(40), deadline=None, suppress_health_check=SLOW)
@given(drawn=towns(), luck=st.integers(0, 2**32))
def test_coverage_counts_who_is_reached_in_time(drawn: Town, luck: int) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    fast, weights = HierarchyEngine(road_map), metric(road_map, "van")
    places = places_anywhere(road_map, 2, generator)
    population = generator.integers(0, 50, road_map.streets.nodes).astype(np.float64)
    ms = fast.to_every_node(weights, places)
    sums = fast.covered(weights, places, population, [0, 10, 20.5, 3600])
    assert sums.tolist() == [population[ms <= limit].sum() for limit in (0, 10_000, 20_500, 3_600_000)]
