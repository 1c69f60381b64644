"""A way says how far it ends from the place it leads to: what is left is for feet."""

import pytest

from routing.hierarchy.engine import HierarchyEngine
from routing.times import RoadTimes
from tests.towns import town

ALLEY = {"highway": "service", "service": "alley", "width": "2"}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """a-b-c with an alley two metres wide from b up to x."""
    place = town(
        """
          x
          |
        a-b-c
        """,
        {"xb": ALLEY},
    )
    return place, place.times(tmp_path_factory.mktemp("alley"))


@pytest.mark.parametrize("again", [False, True])
def test_a_van_ends_before_the_alley_and_a_motorbike_at_the_door(drawn, again):
    """Asked again it is remembered, and answered alike."""
    place, times = drawn
    (van,) = times.to_scene([place.at("a")], place.at("x"), "van")
    (motorbike,) = times.to_scene([place.at("a")], place.at("x"), "motorbike")
    assert van.to_gap_m == pytest.approx(100, abs=1)
    assert motorbike.to_gap_m == pytest.approx(0, abs=0.5)
    assert van.distance_m == pytest.approx(100, abs=1)
    assert motorbike.distance_m == pytest.approx(200, abs=1)


def test_every_kind_of_question_says_the_same_of_the_gap(drawn):
    place, times = drawn
    starts, ends = [place.at("a"), place.at("c")], [place.at("x"), place.at("b"), place.at("c", north_m=40)]
    table = times.table(starts, ends, "van")
    for start, row in zip(starts, table, strict=True):
        assert [way.to_gap_m for way in row] == [pytest.approx(m, abs=1) for m in (100, 0, 40)]
        assert row == times.from_scene(start, ends, "van")
    for i, end in enumerate(ends):
        assert [row[i] for row in table] == times.to_scene(starts, end, "van")


def test_it_is_the_same_without_memory(drawn):
    place, times = drawn
    bare = RoadTimes(times.road_map, HierarchyEngine(times.road_map))
    bare.remembered = None
    starts = [place.at("a"), place.at("c")]
    assert bare.to_scene(starts, place.at("x"), "van") == times.to_scene(starts, place.at("x"), "van")
    assert bare.from_scene(starts[0], [place.at("x")], "van") == times.from_scene(
        starts[0], [place.at("x")], "van"
    )
