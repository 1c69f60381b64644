"""How far one gets in drawn towns, by arithmetic: 100 m and 10 s a step, so 10 m a second."""

from itertools import pairwise

import numpy as np
import pytest
from shapely.geometry import MultiPoint, Point, Polygon

from routing.areas.ground import DEMAND, GROUND, METRES
from routing.straight_line import StraightLineTimes
from tests.towns import STEP_M, town

ROW = town("a-b-c-d-e")
PROFILE = "van_normal"


def reached(times, places, seconds, **how):
    (area,) = times.reach(places, [seconds], PROFILE, **how).areas
    return area


def metres(times, places, seconds, **how):
    return reached(times, places, seconds, **how).street_km * 1000


def test_the_frontier_lies_on_the_street_not_at_the_corner(tmp_path):
    times = ROW.times(tmp_path)
    assert metres(times, [ROW.at("a")], 5) == pytest.approx(50, abs=0.1)
    assert metres(times, [ROW.at("a")], 10) == pytest.approx(100, abs=0.1)
    assert metres(times, [ROW.at("a")], 25) == pytest.approx(250, abs=0.1)
    assert metres(times, [ROW.at("c")], 15) == pytest.approx(300, abs=0.1)
    assert metres(times, [ROW.at("a")], 1000) == pytest.approx(400, abs=0.1)


def test_a_place_along_a_street_reaches_both_ways_from_where_it_stands(tmp_path):
    times = ROW.times(tmp_path)
    middle = ROW.between("b", "c", 0.3)
    assert metres(times, [middle], 2) == pytest.approx(40, abs=0.1)
    assert metres(times, [middle], 5) == pytest.approx(100, abs=0.2)  # 30 m back to b and 20 m beyond
    assert metres(times, [middle], 5) == metres(times, [middle], 5, direction="to")


def test_no_metre_is_counted_twice(tmp_path):
    times = ROW.times(tmp_path)
    assert metres(times, [ROW.at("a"), ROW.at("b")], 8) == pytest.approx(180, abs=0.2)
    near = [ROW.between("b", "c", 0.4), ROW.between("b", "c", 0.5), ROW.between("b", "c", 0.6)]
    assert metres(times, near, 1) == pytest.approx(40, abs=0.1)
    assert metres(times, near, 7) == pytest.approx(160, abs=0.2)
    assert metres(times, [near[1], near[1]], 1) == pytest.approx(20, abs=0.1)


def test_a_one_way_street_is_left_one_way_and_reached_from_the_other(tmp_path):
    drawn = town("a>b>c")
    times = drawn.times(tmp_path)
    middle = drawn.between("a", "b", 0.5)
    assert metres(times, [middle], 10) == pytest.approx(100, abs=0.1)
    assert metres(times, [middle], 10, direction="to") == pytest.approx(50, abs=0.1)
    assert metres(times, [drawn.at("c")], 10) == pytest.approx(0, abs=0.1)
    assert metres(times, [drawn.at("c")], 10, direction="to") == pytest.approx(100, abs=0.1)


def test_what_is_cut_off_is_not_reached_however_long_one_drives(tmp_path):
    drawn = town("a-b-c e-f-g")
    times = drawn.times(tmp_path)
    area = reached(times, [drawn.at("a")], 7000, shapes=True)
    assert area.street_km == pytest.approx(0.2, abs=0.001)
    assert area.demand_share == pytest.approx(0.5)
    inside = [any(Polygon([(x, y) for y, x in p[0]]).contains(Point(drawn.at(c).lon, drawn.at(c).lat))
                  for p in area.polygons) for c in "bf"]  # fmt: skip
    assert inside == [True, False]


def test_a_longer_time_reaches_more_of_everything(tmp_path):
    times = ROW.times(tmp_path)
    areas = times.reach([ROW.at("c")], [1, 5, 12, 19, 40], PROFILE, shapes=True).areas
    for small, large in pairwise(areas):
        assert small.street_km < large.street_km
        assert small.demand_share < large.demand_share
        assert outline(small).area < outline(large).area
    assert [area.limit_s for area in areas] == [1, 5, 12, 19, 40]


def outline(area):
    (rings,) = area.polygons
    return Polygon([(lon, lat) for lat, lon in rings[0]], [[(x, y) for y, x in ring] for ring in rings[1:]])


def test_the_shape_follows_the_street_as_far_as_it_is_reached(tmp_path):
    times = ROW.times(tmp_path)
    shape = outline(reached(times, [ROW.at("a")], 25, shapes=True))
    assert shape.is_valid
    assert shape.exterior.is_ccw
    on_street = [ROW.between("a", "e", share) for share in np.arange(0.02, 1, 0.02)]
    inside = [shape.contains(Point(place.lon, place.lat)) for place in on_street]
    frontier = inside.index(False) * 0.02 * 4 * STEP_M
    assert frontier == pytest.approx(250, abs=20)
    assert not any(inside[inside.index(False) :])
    corners = MultiPoint([(p.lon, p.lat) for p in (ROW.at("a", north_m=60), ROW.at("b", north_m=-60))])
    assert shape.contains(corners)
    assert not shape.contains(Point(ROW.at("b", north_m=120).lon, ROW.at("b", north_m=120).lat))


def test_ground_belongs_to_the_nearest_street(tmp_path):
    times = ROW.times(tmp_path)
    under = times.areas.ground(2)
    total = under.weights.sum(axis=0)
    assert total[METRES] == pytest.approx(400, abs=0.1)
    assert total[GROUND] == pytest.approx(400 * 150 + np.pi * 75**2, rel=0.12)  # cells of 50 m
    assert total[DEMAND] == pytest.approx(under.demand, abs=0.1)
    assert times.areas.ground(2) is under


def test_who_lives_on_an_alley_counts_where_a_van_would_stop(tmp_path):
    drawn = town("a-b-c\n  .  \n  d  ".replace(".", ":"), streets={"bd": {"highway": "service", "service": "alley", "width": "1.5", "motor_vehicle": "no", "motorcycle": "yes"}})  # fmt: skip # noqa: E501
    times = drawn.times(tmp_path)
    van, bike = (times.areas.ground(profile).weights for profile in (2, 3))
    assert bike[:, METRES].sum() == pytest.approx(300, abs=0.2)
    assert van[:, METRES].sum() == pytest.approx(200, abs=0.2)
    assert van[:, DEMAND].sum() == pytest.approx(300, abs=0.2)


def test_a_place_off_the_map_reaches_nothing_and_is_named(tmp_path):
    times = ROW.times(tmp_path)
    far = ROW.at("a", north_m=50_000)
    answer = times.reach([far, ROW.at("a")], [5], PROFILE, shapes=True)
    assert answer.off_map == (0,)
    assert answer.areas[0].street_km == pytest.approx(0.05, abs=0.001)
    alone = times.reach([far], [5], PROFILE, shapes=True)
    assert alone.areas[0].polygons == []
    assert (alone.areas[0].area_km2, alone.areas[0].demand_share) == (0, 0)
    nobody = times.reach([], [5], PROFILE)
    assert nobody.areas[0].street_km == 0


def test_free_flow_reaches_less_than_blue_light(tmp_path):
    times = ROW.times(tmp_path)
    live = times.reach([ROW.at("a")], [10], "van").areas[0].street_km
    free = times.reach([ROW.at("a")], [10], "van", traffic="free_flow").areas[0].street_km
    assert live == pytest.approx(0.12, abs=0.001)
    assert free == pytest.approx(0.1, abs=0.001)


def test_without_roads_there_are_discs_and_they_say_so():
    times, here = StraightLineTimes(), ROW.at("a")
    answer = times.reach([here], [60, 120], "van", shapes=True)
    assert (answer.method, answer.demand) == ("straight_line", "unknown")
    radius_m = 60 * 30 / 3.6 / 1.4
    small, large = answer.areas
    assert small.area_km2 == pytest.approx(np.pi * radius_m**2 / 1e6, rel=0.01)
    assert large.area_km2 == pytest.approx(4 * small.area_km2, rel=0.01)
    assert (small.street_km, small.demand_share) == (None, None)
    edge = times.to_scene([here], ROW.at("a", north_m=radius_m), "van")[0]
    assert edge.duration_s == pytest.approx(60, rel=0.01)
    two = times.reach([here, ROW.at("a", north_m=10)], [60], "van").areas[0]
    assert small.area_km2 < two.area_km2 < 1.1 * small.area_km2
    assert times.reach([], [60], "van", shapes=True).areas[0].polygons == []
    with pytest.raises(ValueError, match="boat"):
        times.reach([here], [60], "boat")
