"""Any town, any turn restrictions: both engines give what a search gives that remembers what it drove."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import metric
from routing.practice import PRACTICES
from routing.profiles import PROFILES
from tests.drawn_by_chance import restricted_towns
from tests.often import often
from tests.road_questions import assert_agree, places_anywhere, some_arcs, with_closures
from tests.towns import Town
from tests.turn_twin import TurnTwin

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(max_examples=often(120), deadline=None, suppress_health_check=SLOW)
@given(
    drawn=restricted_towns(),
    profile=st.sampled_from(PROFILES),
    practice=st.sampled_from(sorted(PRACTICES)),
    blue_light=st.booleans(),
    minute=st.sampled_from([None, 60, 7 * 60, 5 * 1440 + 420]),
    luck=st.integers(0, 2**32),
)
def test_every_time_is_that_of_a_search_that_remembers_what_it_drove(
    drawn: Town, profile: str, practice: str, blue_light: bool, minute: int | None, luck: int
) -> None:
    if not drawn.ways:
        return
    with TemporaryDirectory() as folder:
        road_map = drawn.road_map(Path(folder), practice)
    generator = np.random.default_rng(luck)
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    now = metric(road_map, profile, blue_light=blue_light, minute=minute)
    signals = {
        i for i, corner in enumerate(drawn.corners, start=1) if "highway" in drawn.signs.get(corner, {})
    }
    for _ in range(2):
        twin = TurnTwin(
            road_map, now, signals, blue_light=blue_light, minute=minute,
            exempt=PRACTICES[practice].blue_light_turns_against_signs,
            left_hand=road_map.report["turns"]["driving_side"] == "left",
        )  # fmt: skip
        for _ in range(3):
            start, ends = places_anywhere(road_map, 1, generator), places_anywhere(road_map, 8, generator)
            ms, mm = twin.from_place(start, ends)
            for engine in (plain, fast):
                found = engine.from_place(now, start, ends)
                assert found[0].tolist() == ms
                assert found[1].tolist() == mm
        several = places_anywhere(road_map, 3, generator)
        for outward in (True, False):
            for question in ("to_every_node", "to_every_arc"):
                asked = [getattr(engine, question)(now, several, outward=outward) for engine in (plain, fast)]
                np.testing.assert_array_equal(*asked)
        assert_agree(road_map, (plain, fast), now, generator, searches=1, asked=5)
        arcs = some_arcs(road_map, 3, generator)
        after = with_closures(now, arcs)
        fast.follow(now, after, arcs)
        now = after
