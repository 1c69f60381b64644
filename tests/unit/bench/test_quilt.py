"""A street that leaves its tile goes on as its own image in the next."""

import pytest

from api.bench.quilt import box_of, quilt
from domain.values import Position
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes
from tests.towns import METRES_EAST, METRES_NORTH, town


def box_around(drawn, corner, east_m, north_m):
    """So many metres to each side of a corner."""
    middle = drawn.at(corner)
    up, right = north_m / METRES_NORTH, east_m / METRES_EAST
    return middle.lat - up, middle.lon - right, middle.lat + up, middle.lon + right


def times_on(drawn, folder, box, tiles):
    out = folder / "quilt.osm.pbf"
    quilt(drawn.write(folder), out, tiles, box)
    return RoadTimes(map_file.load(map_file.build(out, folder / "maps")))


def moved(position, east_m=0.0, north_m=0.0):
    return Position(position.lat + north_m / METRES_NORTH, position.lon + east_m / METRES_EAST)


def test_a_street_goes_on_across_the_fold(tmp_path):
    drawn = town("a-b-c")
    times = times_on(drawn, tmp_path, box_around(drawn, "b", 50, 30), 2)
    image = moved(drawn.at("b"), east_m=100)
    assert times.table([drawn.at("b")], [image], "van_normal")[0][0].duration_s == pytest.approx(10, abs=0.1)


def test_what_no_street_joins_stays_apart(tmp_path):
    drawn = town("a-b-c")
    times = times_on(drawn, tmp_path, box_around(drawn, "b", 50, 30), 2)
    upper = moved(drawn.at("b"), north_m=60)
    assert times.table([drawn.at("b")], [upper], "van_normal") == [[None]]


def test_each_tile_holds_what_the_box_holds(tmp_path):
    drawn = town("a-b-c\n  |\n  d")
    one = times_on(drawn, tmp_path, box_around(drawn, "b", 150, 150), 1).road_map
    (tmp_path / "more").mkdir()
    nine = times_on(drawn, tmp_path / "more", box_around(drawn, "b", 150, 150), 3).road_map
    assert nine.streets.edges == 9 * one.streets.edges
    assert nine.streets.edge_m.sum() == pytest.approx(9 * one.streets.edge_m.sum(), rel=1e-3)


def test_restrictions_are_copied_where_their_ways_are_whole(tmp_path):
    drawn = town("a-b-c\n  |\n  d")
    drawn.restrictions.append(("ab", "b", "bd", {"restriction": "no_right_turn"}))
    times = times_on(drawn, tmp_path, box_around(drawn, "b", 150, 150), 2)
    assert len(times.road_map.restrictions) == 4


def test_a_box_without_streets_is_refused(tmp_path):
    drawn = town("a-b-c")
    far = (50.0, 8.0, 50.1, 8.1)
    with pytest.raises(MapError, match="holds no street"):
        quilt(drawn.write(tmp_path), tmp_path / "quilt.osm.pbf", 2, far)


def test_a_share_of_the_area_lies_around_the_middle(tmp_path):
    source = town("a-b-c-d-e\n|   |   |\nf-g-h-i-j\n|   |   |\nk-l-m-n-o").write(tmp_path)
    south, west, north, east = box_of(source)
    inner = box_of(source, 1 / 4)
    assert (inner[2] - inner[0]) == pytest.approx((north - south) / 2)
    assert (inner[3] - inner[1]) == pytest.approx((east - west) / 2)
