"""Places whose own street is closed: 10 s a step of 100 m, and the way ends where the open streets end."""

import pytest

from dispatch.policies.send import SendRules, UnitNow, rank_units
from domain.values import Needs, OnStreet
from routing.live import LiveRoads
from tests.towns import town
from tests.traffic_in_towns import NOW, box, closed, middle, traffic

BRIDGE = """
a-b-c-d-e
|       |
f-g-h-i-j
"""


class Drawn:
    def __init__(self, folder):
        self.town = town(BRIDGE)
        self.roads = LiveRoads(self.town.road_map(folder))
        self.change = 0

    def close(self, *stretches):
        self.change += 1
        self.roads.use(traffic(self.change, *(closed(stretch) for stretch in stretches)), NOW)

    def way(self, start, end):
        """The same by every question that has the answer."""
        roads = self.roads
        answer = roads.to_scene([start], end, "van_normal")[0]
        assert answer == roads.from_scene(start, [end], "van_normal")[0]
        assert answer == roads.table([start], [end], "van_normal")[0][0]
        assert answer == roads.table([start, start], [end, end], "van_normal")[1][1]
        route = roads.route(start, end, "van_normal")
        assert (route.duration_s, route.distance_m) == (answer.duration_s, answer.distance_m)
        return answer


@pytest.fixture
def drawn(tmp_path):
    return Drawn(tmp_path)


def takes(seconds):
    return pytest.approx(seconds, abs=0.05)


def test_closing_the_street_of_the_scene_still_ranks_units_and_says_how_far_it_is(drawn):
    scene = drawn.town.between("c", "d", 0.3)  # 30 m from c
    drawn.close(middle(drawn.town, "cd"))
    ways = [drawn.way(drawn.town.at(corner), scene) for corner in "ae"]
    assert [way.duration_s for way in ways] == [takes(20), takes(80)]  # both come to c, e by the way round
    assert [way.to_closed_m for way in ways] == [pytest.approx(30, abs=0.5)] * 2
    assert [way.from_closed_m for way in ways] == [0, 0]
    units = [
        UnitNow(name, name, "van", ("BLS",), "on_duty", None, drawn.town.at(corner), NOW)
        for name, corner in (("C1", "e"), ("C2", "a"))
    ]
    by_callsign = dict(zip(("C1", "C2"), ways[::-1], strict=True))
    ranked = rank_units(units, by_callsign, Needs(("BLS",)), SendRules(), NOW).units
    assert [row.callsign for row in ranked] == ["C2", "C1"]
    assert ranked[0].reasons[-1] == {
        "en": "the scene lies about 30 m inside closed streets; the way ends at the nearest open street",
        "vi": "hiện trường nằm trong đoạn đường bị chặn; xe dừng ở đường mở gần nhất, còn khoảng 30 m",
    }


def test_who_is_not_on_a_closed_street_is_told_nothing_of_it(drawn):
    before = drawn.way(drawn.town.at("a"), drawn.town.at("b"))
    drawn.close(middle(drawn.town, "cd"))
    after = drawn.way(drawn.town.at("a"), drawn.town.at("b"))
    assert after == before
    assert (after.from_closed_m, after.to_closed_m) == (0, 0)


def test_a_scene_in_a_flooded_district_is_reached_to_the_edge_of_the_water(drawn):
    drawn.close(box(drawn.town, "c", 50, 20, 150, 20))  # floods b-c, c-d and d-e
    way = drawn.way(drawn.town.at("a"), drawn.town.between("b", "c", 0.4))
    assert way.duration_s == takes(10)
    assert way.to_closed_m == pytest.approx(40, abs=0.5)


def test_a_unit_inside_the_flood_starts_where_the_open_streets_begin(drawn):
    drawn.close(box(drawn.town, "c", 50, 20, 150, 20))
    start = drawn.town.between("b", "c", 0.25)
    way = drawn.way(start, drawn.town.at("f"))
    assert way.duration_s == takes(20)
    assert way.from_closed_m == pytest.approx(25, abs=0.5)


def test_a_unit_that_says_its_street_is_put_elsewhere_only_where_that_is_closed(drawn):
    road_map = drawn.roads.road_map
    place = drawn.roads.still().streets.origins(
        drawn.roads.metric("van_normal"), [drawn.town.between("b", "c", 0.25)]
    )
    at = drawn.town.between("b", "c", 0.25)
    edge, along_m = int(place.edge[0]), float(place.along_m[0])
    told = OnStreet(at.lat, at.lon, road_map.version, edge, along_m, 0, 0.0)
    assert drawn.way(told, drawn.town.at("f")).duration_s == takes(22.5)
    drawn.close(middle(drawn.town, "bc"))
    moved = drawn.way(told, drawn.town.at("f"))
    assert (moved.duration_s, moved.from_closed_m) == (takes(20), pytest.approx(25, abs=0.5))
    drawn.close(middle(drawn.town, "hi"))
    again = drawn.way(told, drawn.town.at("f"))
    assert (again.duration_s, again.from_closed_m) == (takes(22.5), 0)


def test_a_hospital_on_a_closed_street_is_driven_to_as_near_as_may_be(drawn):
    hospital = drawn.town.between("g", "h", 0.6)
    drawn.close(middle(drawn.town, "gh"))
    way = drawn.roads.from_scene(drawn.town.at("j"), [hospital], "van_normal")[0]
    assert (way.duration_s, way.to_closed_m) == (takes(20), pytest.approx(40, abs=0.5))


def test_opening_the_street_restores_the_former_answer(drawn):
    start, scene = drawn.town.at("a"), drawn.town.between("c", "d", 0.3)
    before = drawn.way(start, scene)
    drawn.close(middle(drawn.town, "cd"))
    assert drawn.way(start, scene) != before
    drawn.roads.use(traffic(2), NOW)
    assert drawn.way(start, scene) == before


def test_empty_streets_know_no_closures(drawn):
    start, scene = [drawn.town.at("a")], [drawn.town.between("c", "d", 0.3)]
    before = drawn.roads.table(start, scene, "van", "free_flow")
    drawn.close(middle(drawn.town, "cd"))
    assert drawn.roads.table(start, scene, "van", "free_flow") == before


def test_more_than_a_kilometre_inside_there_is_no_way(drawn):
    drawn.close(box(drawn.town, "a", 2000, 2000, 2000, 2000))  # everything
    assert drawn.roads.to_scene([drawn.town.at("a")], drawn.town.at("c"), "van_normal") == [None]


def test_areas_begin_at_the_open_street_too(drawn):
    drawn.close(middle(drawn.town, "cd"))
    reached = drawn.roads.reach([drawn.town.between("c", "d", 0.3)], [15.0], "van_normal")
    assert reached.off_map == ()
    assert reached.areas[0].street_km == pytest.approx(0.15, abs=0.01)
