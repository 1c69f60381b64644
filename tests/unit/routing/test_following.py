"""Which street a fix lies on when the nearest one need not be the right one."""

import numpy as np
import pytest

from domain.values import Position
from routing.matching.follow import Follower
from routing.profiles import MOTORBIKE, VAN
from routing.snapper import Snapper
from routing.snapping import snap_destinations, snap_origins
from tests.slow_follower import costs
from tests.towns import town

NORTH, EAST, SOUTH, WEST = 0.0, 90.0, 180.0, 270.0


def _street(road_map, followed):
    """The corners of the street, by the numbers of its nodes in the order driven."""
    ends = road_map.streets.tail[followed.edge], road_map.streets.head[followed.edge]
    osm = [int(road_map.streets.node_osm[node]) for node in ends]
    return osm[::-1] if followed.direction < 0 else osm


def _named(drawn, road_map, followed):
    letters = list(drawn.corners)
    return "".join(letters[number - 1] for number in _street(road_map, followed))


@pytest.fixture
def carriageways(tmp_path):
    """a to b eastwards and, 16 m to the south, d to c westwards: one road with a median."""
    drawn = town("a>b\n| |\nd<c")
    drawn.corners.update({"d": (0, 0.16), "c": (1, 0.16)})
    drawn.corners.update({"b": (5, 0), "c": (5, 0.16)})
    return drawn, drawn.road_map(tmp_path)


def test_heading_tells_the_carriageways_of_a_road_apart(carriageways):
    drawn, road_map = carriageways
    follow = Follower(road_map, VAN)
    nearer_to_the_north = drawn.at("a", east_m=250, north_m=-7)
    where = nearer_to_the_north.lat, nearer_to_the_north.lon
    assert _named(drawn, road_map, follow(*where)) == "ab"
    assert _named(drawn, road_map, follow(*where, EAST, 12.0)) == "ab"
    assert _named(drawn, road_map, follow(*where, WEST, 12.0)) == "cd"


def test_a_heading_at_walking_pace_means_nothing(carriageways):
    drawn, road_map = carriageways
    where = drawn.at("a", east_m=250, north_m=-7)
    for heading, speed in ((WEST, 1.0), (WEST, None), (None, 12.0)):
        assert _named(drawn, road_map, Follower(road_map, VAN)(where.lat, where.lon, heading, speed)) == "ab"


def test_on_a_two_way_street_heading_tells_the_direction(tmp_path):
    drawn = town("a-b")
    road_map = drawn.road_map(tmp_path)
    where = drawn.between("a", "b")
    follow = Follower(road_map, VAN)
    assert follow(where.lat, where.lon).direction == 0
    assert _named(drawn, road_map, follow(where.lat, where.lon, EAST, 8.0)) == "ab"
    assert _named(drawn, road_map, follow(where.lat, where.lon, WEST, 8.0)) == "ba"


def test_a_one_way_street_has_one_direction_without_being_asked(tmp_path):
    drawn = town("a<b\n| |\nc-d")
    road_map = drawn.road_map(tmp_path)
    where = drawn.between("a", "b")
    assert _named(drawn, road_map, Follower(road_map, VAN)(where.lat, where.lon)) == "ba"


def test_a_bridge_over_a_street_is_told_by_heading(tmp_path):
    drawn = town("a---b\n\nc---d")  # a to b runs under the bridge from e to f, without a junction
    drawn.corners.update({"a": (0, 1), "b": (2, 1), "c": (1, 0), "d": (1, 2)})
    road_map = drawn.road_map(tmp_path)
    at = drawn.at("a", east_m=96, north_m=1)
    follow = Follower(road_map, VAN)
    assert _named(drawn, road_map, follow(at.lat, at.lon)) == "ab"
    assert _named(drawn, road_map, follow(at.lat, at.lon, SOUTH, 10.0)) == "cd"
    assert _named(drawn, road_map, follow(at.lat, at.lon, NORTH, 10.0)) == "dc"


@pytest.fixture
def frontage(tmp_path):
    """A street from a to c and, 14 m to the south, its frontage road that joins it at a alone."""
    drawn = town("a-b-c\n|\nd-e-f")
    drawn.corners.update({"b": (3, 0), "c": (6, 0), "d": (0, 0.14), "e": (3, 0.14), "f": (6, 0.14)})
    return drawn, drawn.road_map(tmp_path)


def test_who_was_on_the_street_is_not_on_its_frontage_road(frontage):
    drawn, road_map = frontage
    follow = Follower(road_map, VAN)
    before, now = drawn.at("a", east_m=350), drawn.at("a", east_m=450, north_m=-9)
    last = follow(before.lat, before.lon, EAST, 12.0)
    assert _named(drawn, road_map, last) == "bc"
    assert _named(drawn, road_map, follow(now.lat, now.lon, EAST, 12.0)) == "ef"  # nearer, but no way there
    assert _named(drawn, road_map, follow(now.lat, now.lon, EAST, 12.0, last=last)) == "bc"


def test_who_stops_keeps_street_and_direction(frontage):
    drawn, road_map = frontage
    follow = Follower(road_map, VAN)
    before, now = drawn.at("a", east_m=445), drawn.at("a", east_m=450, north_m=-9)
    last = follow(before.lat, before.lon, WEST, 5.0)
    stopped = follow(now.lat, now.lon, None, 0.0, last=last)
    assert _named(drawn, road_map, stopped) == "cb"
    again = follow(now.lat, now.lon, None, 0.0, last=stopped)
    assert (again.edge, again.direction) == (stopped.edge, stopped.direction)


def test_the_last_fix_does_not_hold_a_unit_that_is_elsewhere(frontage):
    drawn, road_map = frontage
    follow = Follower(road_map, VAN)
    here, there = drawn.at("a", east_m=500), drawn.at("a", east_m=20, north_m=-14)
    last = follow(here.lat, here.lon, EAST, 12.0)
    assert _named(drawn, road_map, follow(there.lat, there.lon, EAST, 12.0, last=last)) == "de"


def test_a_van_is_never_followed_into_an_alley(tmp_path):
    drawn = town("a-b\n: |\nd-c")
    road_map = drawn.road_map(tmp_path)
    where = drawn.between("a", "d", 0.5)
    assert _named(drawn, road_map, Follower(road_map, MOTORBIKE)(where.lat, where.lon, NORTH, 5.0)) == "da"
    assert set(_named(drawn, road_map, Follower(road_map, VAN)(where.lat, where.lon, NORTH, 5.0))) != {*"ad"}


def test_far_from_every_street_there_is_none(tmp_path):
    drawn = town("a-b")
    away = drawn.at("a", north_m=1_100)
    followed = Follower(drawn.road_map(tmp_path), VAN)(away.lat, away.lon, EAST, 10.0)
    assert (followed.edge, followed.direction) == (-1, 0)


CROSSINGS = """
a-b>c-d
| : | |
e-f-g-h
| ^ : v
i-j<k-l
"""


def test_without_heading_and_last_fix_the_nearest_street_is_the_likeliest(tmp_path):
    drawn = town(CROSSINGS)
    road_map = drawn.road_map(tmp_path)
    places = _anywhere(drawn, 300)
    for profile in (VAN, MOTORBIKE):
        expected = snap_origins(road_map, [Position(*place) for place in places], profile)
        ends = snap_destinations(road_map, [Position(*place) for place in places], profile)
        follow, snap = Follower(road_map, profile), Snapper(road_map, profile)
        snap_end = Snapper(road_map, profile, origins=False)
        for i, place in enumerate(places):
            for found in (snap(*place), follow(*place)[:3]):
                assert found[0] == expected.edge[i]
                assert found[1:] == pytest.approx((expected.along_m[i], expected.gap_m[i]))
            assert snap_end(*place) == pytest.approx((ends.edge[i], ends.along_m[i], ends.gap_m[i]))


def test_following_is_as_looking_at_every_segment_and_every_way(tmp_path):
    drawn = town(CROSSINGS)
    road_map = drawn.road_map(tmp_path)
    follow, generator, last = Follower(road_map, VAN), np.random.default_rng([7, 12]), None
    for place in _anywhere(drawn, 250):
        near = generator.random() < 0.6 and last is not None
        lat, lon = (
            (last.lat + generator.normal(0, 4e-4), last.lon + generator.normal(0, 4e-4)) if near else place
        )
        told = {
            "heading": float(generator.uniform(0, 360)) if generator.random() < 0.7 else None,
            "speed": float(generator.uniform(0, 15)) if generator.random() < 0.9 else None,
            "accuracy": float(generator.uniform(0, 40)) if generator.random() < 0.5 else None,
            "last": last if generator.random() < 0.8 else None,
        }
        found = follow(lat, lon, told["heading"], told["speed"], told["accuracy"], told["last"])
        every = costs(road_map, VAN, lat, lon, **told)
        directions = (found.direction,) if found.direction else (1, -1)
        for direction in directions:
            assert every[found.edge, direction] == pytest.approx(min(every.values()), rel=2e-3, abs=0.5)
        last = found


def _anywhere(drawn, count):
    generator = np.random.default_rng([7, 13])
    south, north = drawn.at("i").lat - 0.002, drawn.at("a").lat + 0.002
    west, east = drawn.at("a").lon - 0.002, drawn.at("d").lon + 0.002
    return [
        (float(generator.uniform(south, north)), float(generator.uniform(west, east))) for _ in range(count)
    ]
