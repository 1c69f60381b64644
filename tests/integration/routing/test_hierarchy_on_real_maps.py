"""Every real map there is: the hierarchy against plain Dijkstra, integer for integer."""

from functools import cache

import numpy as np
import pytest

from domain.values import Position
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.gates import gates_of
from routing.hierarchy.units import Units
from routing.kernels import UNREACHED
from routing.metric import metric
from routing.profiles import PROFILES, profile_index
from routing.road_map import RoadMap
from routing.snapper import Snapper
from routing.snapping import snap_destinations, snap_origins
from tests.label_twin import assert_same_labels
from tests.real_maps import real_map
from tests.road_questions import (
    assert_agree,
    places_anywhere,
    some_arcs,
    with_closures,
    with_slower_and_faster,
)
from tests.shared_data import shared_folder

MAPS = sorted(path.name.removesuffix(".osm.pbf") for path in shared_folder().glob("osm/*.osm.pbf"))
KNOWN = (
    "copenhagen-clipped",
    "hcmc-2018",
    "hcmc-district1-2026",
    "mannheim-2016",
    "monaco-2016",
    "portland-part",
)


@pytest.fixture(scope="module")
def city():
    return cache(real_map)


MORNING = 7 * 60 + 30  # of Monday: every restriction of the rush hour binds


def ask_around(road_map: RoadMap, profile: str, searches: int, asked: int, rounds: int) -> int:
    """Free flow with every turn that is barred on a Monday morning, then closures, then other speeds, each
    reached by partial customization."""
    generator = np.random.default_rng([21, profile_index(profile)])
    engines = DijkstraEngine(road_map), HierarchyEngine(road_map)
    now, reached = metric(road_map, profile, blue_light=False, minute=MORNING), 0
    for turn in range(rounds):
        reached += assert_agree(road_map, engines, now, generator, searches, asked)
        several = places_anywhere(road_map, 5, generator)
        for outward in (True, False):
            for question in ("to_every_node", "to_every_arc"):
                found = [getattr(engine, question)(now, several, outward=outward) for engine in engines]
                np.testing.assert_array_equal(*found)
                reached += int((found[0] != UNREACHED).any())
        arcs = some_arcs(road_map, int(generator.choice([1, 100, road_map.streets.edges // 10])), generator)
        after = with_slower_and_faster(now, arcs, generator) if turn % 2 else with_closures(now, arcs)
        engines[1].follow(now, after, arcs)
        fresh, partial = engines[1].epochs.first(after, ""), engines[1].epoch_of(after)
        np.testing.assert_array_equal(fresh.up, partial.up)
        np.testing.assert_array_equal(fresh.down, partial.down)
        now = after
    return reached


@pytest.mark.parametrize("name", MAPS or KNOWN)
def test_hundreds_of_answers_are_those_of_plain_dijkstra(city, name):
    assert ask_around(city(name), "van", searches=2, asked=30, rounds=3) > 100


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", MAPS or KNOWN)
def test_thousands_of_answers_are_those_of_plain_dijkstra(city, name, profile):
    assert ask_around(city(name), profile, searches=10, asked=100, rounds=5) > 4_000


def units_against_dijkstra(road_map: RoadMap, count: int, calls: int) -> None:
    generator = np.random.default_rng([5, count])
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    weights = metric(road_map, "van")
    where = places_anywhere(road_map, count, generator)
    units = Units(road_map, fast.epoch_of(weights), count)
    units.place(range(count), where)
    for call in range(calls):
        if call == calls // 2:
            arcs = some_arcs(road_map, 100, generator)
            closed = with_closures(weights, arcs)
            fast.follow(weights, closed, arcs)
            weights = closed
            units.relabel(fast.epoch_of(weights))
        scene = places_anywhere(road_map, 1, generator)
        ms, _ = plain.to_place(weights, where, scene)
        edge, along_m = int(scene.edge[0]), float(scene.along_m[0])
        every = units.times(edge, along_m)
        np.testing.assert_array_equal(every.ms, ms)
        for share, k in ((1.0, 1), (1.0, 5), (0.05, 5), (0.5, 40)):
            wanted = (generator.random(count) < share).astype(np.uint8)
            best = [i for i in np.lexsort((np.arange(count), ms)) if wanted[i] and ms[i] != UNREACHED][:k]
            assert units.nearest(edge, along_m, k, wanted).row.tolist() == best


@pytest.mark.parametrize("name", MAPS or KNOWN)
def test_the_nearest_of_many_units_are_those_of_plain_dijkstra(city, name):
    units_against_dijkstra(city(name), count=300, calls=6)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", MAPS or KNOWN)
def test_the_nearest_of_a_thousand_units_are_those_of_plain_dijkstra(city, name):
    units_against_dijkstra(city(name), count=1_000, calls=100)


def test_one_place_is_snapped_as_many_are(city):
    road_map = city("hcmc-district1-2026")
    south, west, north, east = road_map.bounds
    generator = np.random.default_rng(9)
    for profile in range(4):
        for origins, snap in ((True, snap_origins), (False, snap_destinations)):
            snapper = Snapper(road_map, profile, origins=origins)
            for _ in range(200):
                place = Position(generator.uniform(south - 0.02, north + 0.02), generator.uniform(west, east))
                many = snap(road_map, [place], profile)
                edge, along_m, gap_m = snapper(place.lat, place.lon)
                assert edge == many.edge[0]
                assert along_m == pytest.approx(many.along_m[0], abs=1e-6)
                assert gap_m == pytest.approx(many.gap_m[0], abs=1e-6)


@pytest.mark.parametrize("name", KNOWN)
def test_labels_by_gates_are_those_of_the_whole_climb(city, name):
    road_map, generator = city(name), np.random.default_rng(64)
    weights = with_closures(metric(road_map, "van"), some_arcs(road_map, 200, generator))
    epoch = HierarchyEngine(road_map).epoch_of(weights)
    for leaving, weight in (
        (True, epoch.up_ms),
        (False, epoch.down_ms),
        (True, epoch.up),
        (False, epoch.down),
    ):
        gates = gates_of(road_map.hierarchy, weight)
        assert (gates.at >= 0).any()
        assert_same_labels(road_map, epoch, gates, weight, leaving, generator, 500)
