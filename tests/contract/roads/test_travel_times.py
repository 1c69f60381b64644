"""What everybody who answers the port `TravelTimes` promises, on one small town."""

import pytest

from domain.values import Position
from routing.dijkstra import DijkstraEngine
from routing.fallback import WithFallback
from routing.live import LiveRoads
from routing.straight_line import StraightLineTimes
from routing.times import RoadTimes
from tests.fakes import FakeRoads
from tests.towns import town
from tests.traffic_in_towns import NOW, closed, line, middle, slowed, traffic

DRAWING = """
    a-b-c-d
    |   | |
    e-f-g-h
    """
PROFILES = ("van", "motorbike", "van_normal", "motorbike_normal")


@pytest.fixture(scope="module")
def drawn():
    return town(DRAWING)


@pytest.fixture(scope="module")
def road_map(drawn, tmp_path_factory):
    return drawn.road_map(tmp_path_factory.mktemp("town"))


def live(road_map, drawn):
    roads = LiveRoads(road_map)
    roads.use(traffic(3, closed(middle(drawn, "fg")), slowed(line(drawn, "abc"), 0.5)), NOW)
    return roads


def fail(sentence):
    raise AssertionError(sentence)


ANSWERERS = {
    "hierarchy": lambda road_map, _: RoadTimes(road_map),
    "plain Dijkstra": lambda road_map, _: RoadTimes(road_map, DijkstraEngine(road_map)),
    "empty streets": lambda road_map, _: LiveRoads(road_map),
    "live traffic": live,
    "an old version": lambda road_map, drawn: LiveRoads(road_map).roads_under(
        traffic(3, closed(middle(drawn, "fg"))), NOW
    ),
    "with a fallback": lambda road_map, drawn: WithFallback(
        live(road_map, drawn), StraightLineTimes(road_map.version), fail
    ),
    "straight lines": lambda road_map, _: StraightLineTimes(road_map.version),
    "the stand-in of tests": lambda *_: FakeRoads(),
}


@pytest.fixture(params=ANSWERERS, scope="module")
def times(request, road_map, drawn):
    return ANSWERERS[request.param](road_map, drawn)


@pytest.fixture(scope="module")
def places(drawn):
    return [
        drawn.at("a"),
        drawn.between("b", "c", 0.3),
        drawn.at("h"),
        drawn.between("a", "e", 0.5),
        drawn.at("a"),
    ]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_three_ways_to_ask_agree(times, places, profile):
    table = times.table(places, places, profile)
    for i, place in enumerate(places):
        assert times.from_scene(place, places, profile) == table[i]
        assert times.to_scene(places, place, profile) == [row[i] for row in table]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_route_takes_the_time_and_the_way_that_the_table_says(times, places, profile):
    for end in places[1:4]:
        travel, route = times.from_scene(places[0], [end], profile)[0], times.route(places[0], end, profile)
        assert (route.duration_s, route.distance_m) == (travel.duration_s, travel.distance_m)
        assert sum(step.distance_m for step in route.steps) == pytest.approx(route.distance_m, abs=0.5)
        assert len(route.geometry) >= 2


def test_answers_come_in_the_order_of_the_questions(times, places):
    assert len(times.to_scene(places, places[0], "van")) == len(places)
    assert times.to_scene([], places[0], "van") == []
    assert times.from_scene(places[0], [], "van") == []
    assert times.table([], places, "van") == []
    assert times.to_scene(places, places[0], "van")[0] == times.to_scene(places, places[0], "van")[-1]


def test_staying_takes_no_time(times, places):
    for place in places:
        travel = times.to_scene([place], place, "van")[0]
        assert (travel.duration_s, travel.distance_m) == (0, 0)


def test_free_flow_is_asked_for_in_the_same_shape(times, places):
    table = times.table(places, places[:2], "van", "free_flow")
    assert [len(row) for row in table] == [2] * len(places)


def test_the_versions_are_named(times, places):
    assert times.map_version
    assert times.traffic_version
    assert times.covers(places[0])


def test_an_unknown_profile_is_the_askers_mistake(times, places):
    if isinstance(times, FakeRoads):
        pytest.skip("the stand-in knows no profiles")
    with pytest.raises(ValueError, match="rickshaw"):
        times.to_scene(places, places[0], "rickshaw")


def test_a_place_off_the_map_has_no_way_and_is_no_failure(times, places):
    if isinstance(times, FakeRoads | StraightLineTimes):
        pytest.skip("a straight line leads everywhere")
    far = Position(21.0, 105.8)
    assert times.to_scene([places[0], far], places[2], "van")[1] is None
    assert times.route(far, places[0], "van") is None
    assert not times.covers(far)
