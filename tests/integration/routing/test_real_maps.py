"""Real maps: every answer against plain Dijkstra over the single segments of the file."""

from functools import cache

import numpy as np
import pytest

from domain.values import Position
from routing.practice import PRACTICES
from routing.profiles import profile_index
from routing.read_osm import RawStreets, read_osm
from routing.road_map import RoadMap
from routing.snapping import snap_destinations, snap_origins
from routing.times import RoadTimes
from routing.turn_costs import TurnSeconds
from tests.real_maps import real_map
from tests.shared_data import shared_file
from tests.slow_twin import SlowTwin

# name, profile, searches, places asked in each
CASES = [
    ("monaco-2016", "van", 15, 20),
    ("monaco-2016", "motorbike_normal", 10, 20),
    ("copenhagen-clipped", "van_normal", 15, 20),
    ("copenhagen-clipped", "motorbike", 15, 20),
    ("hcmc-2018", "van", 3, 100),
    ("hcmc-2018", "motorbike", 3, 100),
]


@pytest.fixture(scope="module")
def city():
    @cache
    def load(name: str) -> tuple[RoadMap, RawStreets]:
        return real_map(name), read_osm(shared_file(f"osm/{name}.osm.pbf"), lambda stage, share: None)

    return load


def _places(road_map: RoadMap, raw: RawStreets, twin: SlowTwin, profile: int, how_many: int, generator):
    """Random places inside segments; the twin is told the segment, the engine must find the street."""
    chosen: list[tuple[tuple[int, float], Position]] = []
    while len(chosen) < how_many:
        number, share = int(generator.integers(len(twin.segments))), float(generator.uniform(0.1, 0.9))
        way, a, b, metres, ahead, back = twin.segments[number]
        if min(share, 1 - share) * metres < 1 or (ahead == float("inf") and back == float("inf")):
            continue
        lat = raw.node_lat[a] + share * (raw.node_lat[b] - raw.node_lat[a])
        lon = raw.node_lon[a] + share * (raw.node_lon[b] - raw.node_lon[a])
        place = Position(float(lat), float(lon))
        snapped = snap_origins(road_map, [place], profile), snap_destinations(road_map, [place], profile)
        # crumbs are passed over on purpose, and of two streets drawn on one line either may be found
        ways = {int(road_map.streets.edge_way[found.edge[0]]) for found in snapped}
        if ways == {way} and max(found.gap_m[0] for found in snapped) < 0.05:
            chosen.append(((number, share), place))
    return chosen


@pytest.mark.parametrize(("name", "profile", "searches", "asked"), CASES)
def test_times_on_a_real_map_are_those_of_the_slow_twin(city, monkeypatch, name, profile, searches, asked):
    """Turns aside, which the slow twin does not mind: `test_turns_on_real_maps` does."""
    monkeypatch.setattr("routing.metric.turn_seconds", lambda *_: TurnSeconds(0, 0, 0, 0))
    monkeypatch.setattr("routing.metric.binds", lambda *_, **__: False)
    road_map, raw = city(name)
    times = RoadTimes(road_map)
    index = profile_index(profile)
    twin = SlowTwin(raw, PRACTICES[road_map.report["practice"]], index)
    generator = np.random.default_rng([20, 18, index])
    checked = reached = 0
    for _ in range(searches):
        start, *ends = _places(road_map, raw, twin, index, asked + 1, generator)
        travels = times.from_scene(start[1], [place for _, place in ends], profile)
        expected = _seconds(twin, start[0], [end for end, _ in ends])
        for travel, seconds in zip(travels, expected, strict=True):
            checked += 1
            assert (travel is None) == (seconds is None)
            if travel is not None:
                reached += 1
                # an edge is rounded to a millisecond, half of one at most, up or down
                assert travel.duration_s == pytest.approx(seconds, abs=0.05, rel=1e-4)
    assert checked == searches * asked
    assert reached > 0.8 * checked


def _seconds(twin: SlowTwin, start: tuple[int, float], ends: list[tuple[int, float]]) -> list[float | None]:
    """One slow search from the start, then each end by its own segment."""
    _, a, b, _, ahead, back = twin.segments[start[0]]
    seeds = [(node, spent) for node, spent in ((b, (1 - start[1]) * ahead), (a, start[1] * back))
             if spent != float("inf")]  # fmt: skip
    reached = [twin.from_end(node, spent) for node, spent in seeds]
    return [twin.arrive(start, end, reached) for end in ends]


@pytest.mark.parametrize("name", ["monaco-2016", "copenhagen-clipped", "hcmc-2018"])
def test_the_three_questions_agree_on_a_real_map(city, name):
    road_map, _ = city(name)
    times = RoadTimes(road_map)
    generator = np.random.default_rng([3, 5])
    nodes = generator.integers(0, road_map.streets.nodes, 24)
    places = [
        Position(float(road_map.streets.node_lat[n]), float(road_map.streets.node_lon[n])) for n in nodes
    ]
    for profile in ("van", "motorbike"):
        wide, tall = times.table(places[:4], places, profile), times.table(places, places[:4], profile)
        for i in range(4):
            assert wide[i] == times.from_scene(places[i], places, profile)
            assert [row[i] for row in tall] == times.to_scene(places, places[i], profile)
            for j, travel in enumerate(wide[i][:8]):
                way = times.route(places[i], places[j], profile)
                assert (way is None) == (travel is None)
                if way is not None:
                    assert (way.duration_s, way.distance_m) == (travel.duration_s, travel.distance_m)


def test_a_clipped_map_is_read_and_what_is_missing_is_counted(city):
    road_map, _ = city("copenhagen-clipped")
    assert road_map.report["dropped"]["reference_to_missing_node"] == 1272
    assert road_map.report["profiles"]["van"]["parts"] > 1
    longest = max(np.diff(road_map.streets.shape_m)[np.diff(road_map.streets.shape_m) > 0])
    assert longest < 3_000  # nothing bridges the gaps at the edge of the extract


def test_restrictions_of_ho_chi_minh_city_are_kept(city):
    road_map, _ = city("hcmc-2018")
    assert road_map.report["restrictions"]["kept"] == len(road_map.restrictions) == 53
    ways = set(road_map.streets.way_osm.tolist())
    for restriction in road_map.restrictions:
        assert ways.issuperset(restriction.from_ways + restriction.to_ways + restriction.via_ways)


def test_no_van_time_uses_an_alley(city):
    road_map, _ = city("hcmc-2018")
    times = RoadTimes(road_map)
    generator = np.random.default_rng([2, 3])
    nodes = generator.integers(0, road_map.streets.nodes, 30)
    places = [
        Position(float(road_map.streets.node_lat[n]), float(road_map.streets.node_lon[n])) for n in nodes
    ]
    van, bike = times.table(places, places, "van_normal"), times.table(places, places, "motorbike_normal")
    assert sum(v is not None for row in van for v in row) > 700
    assert sum(b is not None for row in bike for b in row) > 700
