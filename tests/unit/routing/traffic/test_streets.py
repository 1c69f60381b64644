"""Which streets somebody means by a point, a line or an area, on towns of 100 m a step."""

import pytest

from domain.traffic import Stretch
from routing.traffic.streets import arcs_of, edges_of, touched
from tests.towns import STREET, Way, town
from tests.traffic_in_towns import box, line, middle, pair, point, streets_named

BLOCKS = """
    a-b-c-d
    | | | |
    e-f-g-h
    | | | |
    i-j-k-l
    """


class Drawn:
    def __init__(self, drawing, folder, **more):
        self.town = town(drawing, **more)
        self.map = self.town.road_map(folder)

    def meant(self, stretch):
        return streets_named(self.town, self.map, edges_of(self.map, stretch).tolist())


@pytest.fixture
def blocks(tmp_path):
    return Drawn(BLOCKS, tmp_path)


def test_a_point_on_a_street_means_that_street(blocks):
    assert blocks.meant(middle(blocks.town, "fg")) == ["fg"]


def test_a_point_beside_a_street_means_it_if_it_is_near_enough(blocks):
    beside = point(blocks.town, "f", 15, east_m=50, north_m=14)
    assert blocks.meant(beside) == ["fg"]
    assert blocks.meant(point(blocks.town, "f", 15, east_m=50, north_m=16)) == []


def test_a_point_on_a_crossing_means_every_street_there(blocks):
    assert blocks.meant(point(blocks.town, "f")) == ["bf", "ef", "fg", "fj"]


def test_a_line_means_the_streets_it_follows_and_none_that_it_crosses(blocks):
    assert blocks.meant(line(blocks.town, "eh")) == ["ef", "fg", "gh"]
    assert blocks.meant(line(blocks.town, "abfj")) == ["ab", "bf", "fj"]


def test_a_line_drawn_the_other_way_means_the_same(blocks):
    assert blocks.meant(line(blocks.town, "jfba")) == blocks.meant(line(blocks.town, "abfj"))


def test_a_line_does_not_mean_the_streets_that_go_on_at_its_ends(blocks):
    assert blocks.meant(line(blocks.town, "fg")) == ["fg"]


def test_a_line_does_not_mean_the_short_street_that_goes_straight_on_where_it_bends(tmp_path):
    bend = town("a-b\n  |\n  c")
    bend.corners["x"] = (1.14, 0)  # 14 m beyond the bend
    bend.ways.append(Way("bx", dict(STREET)))
    road_map = bend.road_map(tmp_path)
    meant = edges_of(road_map, line(bend, "abc"))
    assert streets_named(bend, road_map, meant.tolist()) == ["ab", "bc"]


def test_a_line_that_ends_on_the_way_means_a_street_from_the_half_on(blocks):
    f, at_60, at_40 = (pair(blocks.town.between("e", "h", share)) for share in (1 / 3, 1.6 / 3, 1.4 / 3))
    e = pair(blocks.town.at("e"))
    assert blocks.meant(Stretch("line", (e, f, at_60))) == ["ef", "fg"]
    assert blocks.meant(Stretch("line", (e, f, at_40))) == ["ef"]


def test_a_line_over_a_part_of_one_long_street_means_that_street(blocks):
    for begin, end in ((0.4, 0.6), (0.05, 0.1), (0.5, 0.52)):
        ends = (pair(blocks.town.between("f", "g", share)) for share in (begin, end))
        assert blocks.meant(Stretch("line", tuple(ends))) == ["fg"]


def test_a_line_across_a_street_means_nothing(blocks):
    across = pair(blocks.town.at("f", 50, 30)), pair(blocks.town.at("f", 50, -30))
    assert blocks.meant(Stretch("line", across)) == []


def test_a_line_askew_by_a_quarter_turn_and_a_half_means_nothing(blocks):
    askew = pair(blocks.town.at("f", 40, 10)), pair(blocks.town.at("f", 60, -10))
    assert blocks.meant(Stretch("line", askew)) == []


def test_a_closed_bridge_is_not_the_road_below_it(tmp_path):
    under = town("a-b-----e-f")
    under.corners |= {"x": (3, -1), "y": (3, 1)}  # passes under b-e without a crossing
    under.ways.append(Way("xy", dict(STREET)))
    road_map = under.road_map(tmp_path)
    for way in ("be", "xy"):
        meant = edges_of(road_map, line(under, way, 40))
        assert streets_named(under, road_map, meant.tolist()) == [way]


def test_of_two_carriageways_a_narrow_line_means_one_and_a_wide_one_both(tmp_path):
    drawn = Drawn("a-b\n| |\nc-d", tmp_path)
    halfway = Stretch("line", (pair(drawn.town.at("a", 0, -10)), pair(drawn.town.at("b", 0, -10))), 15)
    assert drawn.meant(halfway) == ["ab"]
    wide = Stretch("line", halfway.points, 95)
    assert drawn.meant(wide) == ["ab", "cd"]


def test_an_area_means_every_street_with_a_part_in_it(blocks):
    assert blocks.meant(box(blocks.town, "f", 10, 10, 10, 10)) == ["bf", "ef", "fg", "fj"]
    assert blocks.meant(box(blocks.town, "f", -10, -10, 90, 90)) == []  # the inside of a block
    assert blocks.meant(box(blocks.town, "f", -10, 10, 90, 10)) == ["fg"]


def test_an_area_that_a_street_merely_passes_through_means_that_street(blocks):
    assert blocks.meant(box(blocks.town, "f", -40, 5, 60, 5)) == ["fg"]


def test_an_area_that_closes_its_ring_says_the_same(blocks):
    area = box(blocks.town, "f", 10, 10, 10, 10)
    assert blocks.meant(Stretch("area", (*area.points, area.points[0]))) == blocks.meant(area)


def test_an_area_around_everything_means_everything(blocks):
    area = box(blocks.town, "a", 50, 400, 500, 50)
    assert len(blocks.meant(area)) == blocks.map.streets.edges == 17


def test_a_hollow_area_leaves_its_hollow_out(blocks):
    at = blocks.town.at
    horseshoe = [
        (-20, 20),
        (320, 20),
        (320, -220),
        (280, -220),
        (280, -20),
        (20, -20),
        (20, -220),
        (-20, -220),
    ]
    points = tuple(pair(at("a", x, y)) for x, y in horseshoe)
    meant = blocks.meant(Stretch("area", points))
    assert "fg" not in meant
    assert "fj" not in meant
    assert {"ab", "bc", "cd", "ae", "ei", "dh", "hl", "ef", "gh"} <= set(meant)


def test_what_cannot_be_meant_means_nothing(blocks):
    nan = float("nan")
    for stretch in (
        Stretch("point", ()),
        Stretch("point", ((nan, 106.0),)),
        Stretch("line", (pair(blocks.town.at("e")),)),
        Stretch("line", (pair(blocks.town.at("e")),) * 3),
        Stretch("line", (pair(blocks.town.at("e")), pair(blocks.town.at("h"))), -1.0),
        Stretch("point", (pair(blocks.town.at("e")),), nan),
        Stretch("area", (pair(blocks.town.at("a", 30, -30)),)),
        Stretch("point", ((50.0, 8.0),)),
        Stretch("area", ((50.0, 8.0), (51.0, 8.0), (51.0, 9.0))),
        Stretch("line", ((-90.0, 0.0), (90.0, 0.0)), 0.0),
    ):
        assert blocks.meant(stretch) == []


def test_a_self_crossing_area_still_means_the_streets_it_touches(blocks):
    at = blocks.town.at
    bow = tuple(pair(at("f", x, y)) for x, y in ((-20, 20), (20, -20), (20, 20), (-20, -20)))
    assert blocks.meant(Stretch("area", bow)) == ["bf", "ef", "fg", "fj"]


def test_both_ways_of_a_street_are_meant_unless_a_heading_says_which(blocks):
    stretch = middle(blocks.town, "fg")
    assert len(arcs_of(blocks.map, stretch)) == 2
    eastwards, westwards = arcs_of(blocks.map, stretch, 90.0), arcs_of(blocks.map, stretch, 270.0)
    assert len(eastwards) == len(westwards) == 1
    assert eastwards[0] ^ 1 == westwards[0]
    streets = blocks.map.streets
    begin = (streets.head if eastwards[0] & 1 else streets.tail)[eastwards[0] >> 1]
    assert streets.node_lon[begin] == pytest.approx(blocks.town.at("f").lon)


def test_a_heading_leaves_out_the_streets_that_run_across_it(blocks):
    at_the_crossing = point(blocks.town, "f")
    eastwards = arcs_of(blocks.map, at_the_crossing, 85.0)
    names = streets_named(blocks.town, blocks.map, (eastwards >> 1).tolist())
    assert names == ["ef", "fg"]


def test_what_a_stretch_means_can_be_told_to_people(tmp_path):
    drawn = Drawn("a-b-c", tmp_path, streets={"ab": {"name": "Lê Lợi"}})
    told = touched(drawn.map, line(drawn.town, "abc"))
    assert (told.streets, told.names) == (2, ("Lê Lợi",))
    assert told.metres == pytest.approx(200, abs=0.1)
    assert sorted(len(way) for way in told.lines) == [2, 2]
    assert touched(drawn.map, Stretch("point", ((50.0, 8.0),))).lines == ()
