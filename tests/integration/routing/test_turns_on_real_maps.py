"""Real maps with their turn restrictions: every time against a search that remembers what it drove."""

from functools import cache
from pathlib import Path

import numpy as np
import osmium
import pytest

from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.kernels import UNREACHED
from routing.metric import metric
from routing.profiles import profile_index
from routing.road_map import RoadMap
from tests.real_maps import real_map
from tests.road_questions import places_anywhere
from tests.shared_data import shared_file
from tests.turn_twin import TurnTwin

MORNING = 7 * 60 + 30
CASES = [
    ("hcmc-district1-2026", "van_normal", 25, 40),
    ("hcmc-district1-2026", "motorbike_normal", 10, 40),
    ("monaco-2016", "van_normal", 15, 40),
    ("portland-part", "van_normal", 4, 100),
    ("copenhagen-clipped", "van", 10, 40),
    ("hcmc-2018", "van_normal", 2, 200),
    ("mannheim-2016", "van_normal", 2, 200),
]


@pytest.fixture(scope="module")
def city():
    @cache
    def load(name: str) -> tuple[RoadMap, set[int]]:
        source = Path(shared_file(f"osm/{name}.osm.pbf"))
        nodes = osmium.FileProcessor(str(source), osmium.osm.NODE)
        signals = nodes.with_filter(osmium.filter.TagFilter(("highway", "traffic_signals")))
        return real_map(name), {node.id for node in signals}

    return load


@pytest.mark.parametrize(("name", "profile", "searches", "asked"), CASES)
def test_times_are_those_of_a_search_that_remembers_what_it_drove(city, name, profile, searches, asked):
    road_map, signals = city(name)
    generator = np.random.default_rng([7, profile_index(profile)])
    now = metric(road_map, profile, minute=MORNING)
    exempt = road_map.report["practice"] == "vietnamese"
    twin = TurnTwin(road_map, now, signals, minute=MORNING, exempt=exempt)
    reached = 0
    for _ in range(searches):
        start, ends = places_anywhere(road_map, 1, generator), places_anywhere(road_map, asked, generator)
        ms, mm = twin.from_place(start, ends)
        for engine in (DijkstraEngine(road_map), HierarchyEngine(road_map)):
            found = engine.from_place(now, start, ends)
            np.testing.assert_array_equal(found[0], ms)
            np.testing.assert_array_equal(found[1], mm)
        reached += sum(one != UNREACHED for one in ms)
    assert reached > 0.2 * searches * asked


def test_every_restriction_of_district_1_is_used_or_its_reason_told(city):
    report = city("hcmc-district1-2026")[0].report["restrictions"]
    assert report["kept"] == 137
    assert report["used"] + sum(report["left_out"].values()) == 137
    assert report["left_out"] == {"for_other_vehicles": 3, "members_do_not_meet": 1}
    assert (report["via_way"], report["conditional"]) == (36, 86)
    assert report["conditions_not_understood_bind_always"] == 0
